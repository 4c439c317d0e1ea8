# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""HOW-TO-VERIFY.txt: what somebody reads who was handed a dossier and trusts nobody."""

from recourse.core.dossier.words import UNPROVEN

_GUIDE = """怎么核验这个压缩包
==================

这是一件消费纠纷的材料。里面每个字节都能核对，不用相信我们，也不用联网。

1. 打开 {url}/verify ，选这个压缩包。文件只在你的设备里检查，不会上传。
   断网时可以用项目里的 verifier/verify.html，把文件拖进去就行。
2. 会用命令行的：recourse verify 文件.zip，或 python verifier/verify.py 文件.zip。
3. 不用我们的程序：这是按 BagIt 1.0（RFC 8493）装的文件夹，sha256sum -c manifest-sha256.txt 就能核对每个文件。

能证明：记录是当时写下的，顺序没变，中间没少；证据原件的字节在所列时间收到，此后没改。
不能证明：内容是真是假，谁做的，交上来之前什么时候做的；这之后还有没有别的记录。

压缩包里写着的公钥，连见证人的在内，只是它自己的说法；见证人由谁运行，也是它自己写的。
请另给一份政策文件再核验：运营方公布在 {url}/verify/policy.json ，见证人的公钥最好再问见证人要。
网页上可以选政策文件，命令行加 --policy policy.json。
{split_zh}


HOW TO VERIFY THIS FILE
=======================

This is the file of a consumer dispute. Each byte of it can be checked without trusting us and without a network.

1. Open {url}/verify and choose this zip. It is checked on your device and not uploaded.
   Offline, open verifier/verify.html of the project and drop the file there.
2. On a command line: recourse verify FILE.zip, or python verifier/verify.py FILE.zip.
3. Without our programs: this is a BagIt 1.0 folder (RFC 8493); sha256sum -c manifest-sha256.txt checks each file.

Proven: the events are what was written then, in this order, none missing between; the bytes of each original are those
received at the time given, unchanged since.
Not proven: that a document is true, who made it, or when it was made before it was handed in; that no later event exists.

Keys inside this file, those of witnesses too, are its own word, and so is who runs a witness. Verify it by a policy file:
the operator publishes one at {url}/verify/policy.json; better, ask the witnesses themselves for their keys.
The page lets you pick a policy file; on a command line add --policy policy.json.
{split_en}
"""


def guide(public_url: str) -> bytes:
    """The file's bytes: Chinese, then English."""
    split = UNPROVEN["split"]
    return _GUIDE.format(url=public_url, split_zh=split.zh, split_en=split.en).encode()
