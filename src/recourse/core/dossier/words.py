# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The sentences of a verdict, by code. The other verifiers have their own copies; tests hold them equal."""

from recourse.core.text import Text

FAULTS = {
    "container": Text(
        "文件从第 {where} 个字节（从 0 数）起不对：被改过、没传完，或者被别的程序重新打包过。",
        "From byte {where} (counted from 0) the file is not as it must be: altered, cut off, or packed again by another program.",
    ),
    "bag": Text(
        "清单和文件对不上：{where}。这个文件被改过、多出来或者不见了。",
        "The manifest and the files do not match: {where} was altered, added or taken away.",
    ),
    "format": Text(
        "{where} 的写法不合规定，不同的程序可能读出不同的意思，所以不采信。",
        "{where} is not written in the one form that counts; two programs could read it differently, so it is not taken.",
    ),
    "seal": Text(
        "封签不对：{where} 不是政策文件里的密钥对这份案卷签的。",
        "The seal is false: {where} was not signed over this dossier by a key of the policy.",
    ),
    "chain": Text(
        "第 {where} 条记录接不上前一条：有记录被改过、删掉、插入或调换。",
        "Event {where} does not follow from the one before: an event was altered, taken out, put in or moved.",
    ),
    "commitment": Text(
        "记录 {where} 的私有字段和链上的承诺对不上：内容不是当时写下的。",
        "The private field {where} does not fit its commitment in the chain: it is not what was written then.",
    ),
    "rulebook": Text(
        "规则文件不是立案当天冻结的那一份（第 {where} 条记录）。",
        "The rulebook is not the one that event {where} froze into the case.",
    ),
    "exhibit": Text(
        "证据 {where} 和记录对不上：文件不是收到的那一份，或者清单写错了。",
        "Exhibit {where} does not fit the record: the file is not the one received, or the list is wrong.",
    ),
    "promise": Text(
        "写入日志的承诺（{where}）签名不对，时间和条目写的不一样，或者不是对这里的条目作的。",
        "The promise for {where} has a false signature, states another time than its leaf, or is about no leaf of this dossier.",
    ),
    "leaf": Text(
        "日志条目（记录 {where}）和案件的链对不上。",
        "The log's leaf of event {where} does not fit the chain of the case.",
    ),
    "inclusion": Text(
        "证明不了第 {where} 号条目在日志里：路径算不出检查点的根。",
        "Leaf {where} is not proven to be in the log: its path does not lead to the checkpoint's root.",
    ),
    "checkpoint": Text(
        "检查点（{where}）不是政策文件里的日志密钥签的。",
        "The checkpoint ({where}) is not signed by the policy's key of the log.",
    ),
    "witness": Text(
        "见证人 {where} 的联签是假的。",
        "The cosignature of the witness {where} is false.",
    ),
    "timestamp": Text(
        "时间戳（{where}）不是对这个检查点盖的，或者读不懂。",
        "The time stamp ({where}) is not over this checkpoint, or cannot be read.",
    ),
    "timestamp_signature": Text(
        "时间戳（{where}）的签名验不过。",
        "The signature of the time stamp ({where}) does not hold.",
    ),
}

PROVEN = {
    "sealed": Text(
        "这份文件和封签时一个字节也不差。封签写的是 {origin}，密钥 {where}，指纹 {fingerprint}。",
        "This file is byte for byte as it was sealed in the name of {origin}. Key of the seal {where}, fingerprint {fingerprint}.",
    ),
    "keys": Text(
        "封签、承诺、日志和见证人的签名，都是按你另给的政策文件（{where}）验的，没有用案卷自带的公钥。结论有多可靠，要看这份政策文件是从谁那里拿到的。",
        "The signatures of the seal, the promises, the log and the witnesses were checked by the policy given (for {where}), by no key that came with the dossier. The verdict is worth as much as the source of that policy.",
    ),
    "chain": Text(
        "第 1 到第 {where} 条记录（{first} 至 {last}）一条接一条，和封签时一样，中间没有缺、没有换。",
        "Events 1 to {where} ({first} to {last}) follow from one another as they were sealed, with none missing or moved between.",
    ),
    "commitment": Text(
        "附上的 {where} 个私有字段，就是链上承诺过的内容。",
        "The {where} private fields shown are what the chain committed to.",
    ),
    "rulebook": Text(
        "所附规则就是立案时（第 {where} 条记录）冻结的那一份。",
        "The rulebook enclosed is the one frozen when the case was filed (event {where}).",
    ),
    "exhibit": Text(
        "证据 {where}：文件就是记录为 {at} 收到的那一份，此后没有变过。",
        "Exhibit {where}: the file is the one recorded as received at {at}, unchanged since.",
    ),
    "promise": Text(
        "运营方签名承诺把这里的 {where} 个条目写进日志；日志里要是没有，这就是凭据。",
        "The operator promised by signature to put {where} of these leaves into the log; should one be missing, this is proof.",
    ),
    "log": Text(
        "到第 {version} 条为止的记录在名为 {origin} 的日志里：第 {where} 号条目，检查点共 {size} 条。",
        "The record up to event {version} is in the log called {origin}: leaf {where} of the {size} that the checkpoint covers.",
    ),
    "witness": Text(
        "见证人 {where}（政策文件写明由 {operator} 运行）在 {at} 见到并联签了这个检查点。",
        "The witness {where} (run by {operator}, says the policy) saw and cosigned this checkpoint at {at}.",
    ),
    "split": Text(
        "联签的见证人里，有 {where} 个不是 {host} 运行的：运营方要是给别人看的是另一本日志，得让它们也签。",
        "Witnesses that cosigned and are not run by {host}: {where}. To show others another log, the operator would have needed them to sign it as well.",
    ),
    "timestamp": Text(
        "时间戳机构 {authority} 在 {where} 已经见到这个检查点。",
        "The time stamp authority {authority} had seen this checkpoint by {where}.",
    ),
}

UNPROVEN = {
    "truth": Text(
        "不证明材料内容是真的、是谁做的，也不证明交来之前是什么时候做的；只证明记录之后没有变（在线诉讼规则第16条、第18条）。",
        "That a document is true, who made it, or when it was made before it was handed in: only what came after recording is covered (Online Litigation Rules, articles 16 and 18).",
    ),
    "later": Text(
        "不证明运营方没有另外藏着更晚的记录。",
        "That the operator is not hiding later events.",
    ),
    "clock": Text(
        "记录里的时间是运营方的钟。见证人和时间戳只能证明“不晚于”。",
        "That the times are right: they are of the operator's clock. Witnesses and time stamps prove only “no later than”.",
    ),
    "keys": Text(
        "封签、承诺、日志和见证人的公钥，都是案卷自己带的；见证人由谁运行，也只是案卷自己的说法。把指纹 {where} 和运营方公布的比对，只能认出封签是谁的；要认日志和见证人，请另给一份政策文件。",
        "Whose keys these are: those of the seal, the promises, the log and the witnesses came with the dossier, and who runs a witness is only the dossier's word. Comparing the fingerprint {where} with the one the operator publishes settles whose seal it is, and no more; for the log and the witnesses give a policy file.",
    ),
    "witness": Text(
        "见证人 {where} 是谁：案卷里有它的联签，写的时间是 {at}；可它的公钥，还有“由 {operator} 运行”，都只是案卷自己的说法。",
        "Who the witness {where} is: its cosignature is here and states {at}, but its key, and that it is run by {operator}, are only the dossier's word.",
    ),
    "log": Text(
        "第 {where} 条之后的记录还没有日志证明。",
        "That the events after {where} are in the log.",
    ),
    "quorum": Text(
        "联签的见证人不够：{where}（实有/要求）。",
        "That enough witnesses cosigned: {where} (present/required).",
    ),
    "split": Text(
        "不能排除“两本账”：运营方要是在封签前改写过全部记录，或者给别人看的是另一本日志，单凭这个文件看不出来。要排除，得有别家运行的见证人联签，而且见证人的公钥出自你另给的政策文件，不是案卷自带的。",
        "Two sets of books cannot be excluded: had the operator rewritten the whole record before sealing, or shown others another log, this file alone would not tell. Excluding that takes a cosignature by a witness that somebody else runs, with its key from a policy that you bring, not from the dossier.",
    ),
    "hidden": Text(
        "有 {where} 个私有字段没有给这位读者看，只有承诺。",
        "What stands in {where} private fields: they are not shown to this reader, only their commitments.",
    ),
    "copy": Text(
        "证据 {where} 附的是副本（去掉了元数据或遮住了内容），和原件是否一致要看原件。",
        "That the copy of exhibit {where} agrees with its original: metadata or parts were taken away, the original is not enclosed.",
    ),
    "page": Text(
        "证据 {where} 的分页图、截取画面是程序做的，只供看，以原文件为准。",
        "That the page images or stills of exhibit {where} show all of it: a program made them, the file itself counts.",
    ),
    "withheld": Text(
        "证据 {where} 的文件没有附上。",
        "What exhibit {where} holds: its file is not enclosed.",
    ),
    "elsewhere": Text(
        "证据 {where} 的文件在另一个分卷里，要另外核验。",
        "The file of exhibit {where}: it lies in another part, which is verified by itself.",
    ),
    "timestamp": Text(
        "时间戳写的是 {where}；机构的签名这里没有验，可用 openssl ts -verify 或 recourse verify。",
        "That the authority signed the time stamp of {where}: its signature is not checked here; use openssl ts -verify or recourse verify.",
    ),
    "timestamp_root": Text(
        "时间戳机构的根证书（{where}）是案卷自己带的：请和机构公布的比对。",
        "Whose time stamp it is: the root certificate ({where}) came with the dossier. Compare it with the one the authority publishes.",
    ),
    "no_timestamp": Text(
        "没有外部时间戳。",
        "An outside time: there is no time stamp.",
    ),
}
