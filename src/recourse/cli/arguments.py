# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The words of the command line. Nothing heavy is imported here: `--help` must come at once."""

from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from datetime import date
from pathlib import Path
from typing import Any

REGIMES = ("civil", "civil_procedure", "samr", "police", "platform")
ROLES = ("agent", "neutral", "owner", "auditor")
KINDS = ("platform", "association", "nobody")

_ABOUT = """说法：数字消费纠纷在线解决 · online dispute resolution for digital consumer transactions

Data lies in RECOURSE_DATA (./.recourse). Exit codes: 0 done, 1 refused, 2 usage.
数据放在 RECOURSE_DATA（默认 ./.recourse）。返回码：0 办成，1 被拒绝，2 用法不对。"""


def parser() -> ArgumentParser:
    """The parser of `recourse`; the namespace has `command` and, where there are several, `deed`."""
    top = ArgumentParser("recourse", description=_ABOUT, formatter_class=RawDescriptionHelpFormatter)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _running(commands)
    _house(commands)
    _cases(commands)
    _bill(commands)
    _rules(commands)
    _log(commands)
    _simulation(commands)
    return top


def _running(commands: Any) -> None:
    serve = commands.add_parser("serve", help="the web server and one worker · 启动网站")
    serve.add_argument(
        "--demo", action="store_true", help="fill an empty installation with stories · 演示数据"
    )
    serve.add_argument("--port", type=_port, default=8000)
    commands.add_parser("worker", help="one more worker: messages and deadlines · 再开一个后台进程")
    commands.add_parser("migrate", help="bring the database up to date · 更新数据库")
    _with_json(commands.add_parser("doctor", help="check this installation · 检查安装"))


def _house(commands: Any) -> None:
    user = _deeds(commands.add_parser("user", help="staff accounts · 工作人员"))
    add = _with_json(
        user.add_parser("add", help="add a staff account; a missing password is made and printed")
    )
    add.add_argument("name")
    add.add_argument("--role", choices=ROLES, required=True)
    add.add_argument("--operator", default="local")
    add.add_argument("--display-name", default="")
    add.add_argument("--email", default="")
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    operator = _deeds(commands.add_parser("operator", help="operators and the rungs they run · 运营方"))
    put = _with_json(operator.add_parser("set", help="make an operator, or change what it operates"))
    put.add_argument("slug", nargs="?", default="local")
    put.add_argument("--name-zh", default="")
    put.add_argument("--name-en", default="")
    put.add_argument("--kind", choices=KINDS, default="")
    put.add_argument(
        "--operates",
        action="append",
        default=[],
        metavar="PLATFORM=RUNG,RUNG",
        help="from now on; PLATFORM= operates none of its rungs",
    )
    put.add_argument("--hours", default="", metavar="09:00-18:00", help="service hours; 'always' for none")
    _tokens(commands)
    _vault(commands)
    merchant = _deeds(commands.add_parser("merchant", help="the register of respondents · 商家名册"))
    take = _with_json(merchant.add_parser("import", help="register respondents and their contacts from YAML"))
    take.add_argument("file", type=Path)
    take.add_argument("--operator", default="local")


def _vault(commands: Any) -> None:
    vault = _deeds(commands.add_parser("vault", help="sealed files and their master keys · 证据库"))
    _with_json(vault.add_parser("status", help="master keys, damaged files, the last round · 现状"))
    _with_json(vault.add_parser("check", help="look at every file now, mend what can be mended · 逐个检查"))
    _with_json(vault.add_parser("new-key", help="make the next master key · 换一把新的主密钥"))
    _with_json(
        vault.add_parser("rewrap", help="wrap every file's key under the newest master · 全部换到新主密钥")
    )
    drop = _with_json(
        vault.add_parser("drop-key", help="take an old master key away for good · 删掉旧主密钥")
    )
    drop.add_argument("master")


def _tokens(commands: Any) -> None:
    token = _deeds(commands.add_parser("token", help="tokens of programs · 程序令牌"))
    add = _with_json(token.add_parser("add", help="make a token; its word is shown once"))
    add.add_argument("name")
    add.add_argument("--scope", action="append", required=True, help="such as cases:read; repeatable")
    add.add_argument("--seat", choices=("agent", "owner", "auditor"), default="")
    add.add_argument("--days", type=int, choices=(30, 90, 365), default=90)
    known = _with_json(token.add_parser("list", help="every token and when it was last used"))
    end = _with_json(token.add_parser("revoke", help="end a token at once"))
    end.add_argument("id")
    for command in (add, known, end):
        command.add_argument("--operator", default="local")


def _cases(commands: Any) -> None:
    file = _with_json(commands.add_parser("file", help="file a complaint from CASE.yaml · 提交投诉"))
    file.add_argument("case", type=Path, metavar="CASE.yaml")
    file.add_argument(
        "--exhibit",
        action="append",
        default=[],
        metavar="[KIND=]FILE",
        help="such as photo=crack.jpg; repeatable",
    )
    show = _with_json(_in_words(commands.add_parser("case", help="show a case · 查看案件")))
    show.add_argument("number")
    letter = _in_words(commands.add_parser("letter", help="write the letter of a rung · 生成文书"))
    letter.add_argument("number")
    letter.add_argument("--rung", required=True, metavar="R", help="such as negotiate, official_complaint")
    dossier = _with_json(
        _in_words(commands.add_parser("dossier", help="a case as one verifiable file · 材料"))
    )
    dossier.add_argument("number")
    dossier.add_argument("-o", dest="output", required=True, type=Path, metavar="FILE.zip")
    dossier.add_argument(
        "--seat",
        choices=("staff", "complainant"),
        default="staff",
        help="whose eyes it is for; complainant leaves internal notes out",
    )
    bring = _deeds(commands.add_parser("import", help="bring something in from elsewhere · 导入"))
    foreign = _with_json(bring.add_parser("dossier", help="a case of another installation, to read"))
    foreign.add_argument(
        "files", type=Path, nargs="+", metavar="FILE.zip", help="all parts of one that was split"
    )
    foreign.add_argument("--operator", default="local")
    forget = _with_json(bring.add_parser("forget", help="erase what was brought in from elsewhere"))
    forget.add_argument("id")
    forget.add_argument("--operator", default="local")


def _bill(commands: Any) -> None:
    bill = _with_json(commands.add_parser("bill", help="the payments of an exported bill · 读账单"))
    bill.add_argument("file", type=Path, metavar="FILE.csv", help="from Alipay, WeChat Pay or ICBC")
    bill.add_argument("--find", default="", metavar="TEXT", help="only rows that hold this text")


def _rules(commands: Any) -> None:
    deadline = _with_json(_in_words(commands.add_parser("deadline", help="count a period · 计算期限")))
    deadline.add_argument("--from", dest="start", metavar="T", help="RFC 3339 moment or a date, +08:00")
    deadline.add_argument("--length", metavar="L", help="48h 7d 7wd 1month 3year")
    deadline.add_argument("--regime", metavar="R", help=" ".join(REGIMES))
    deadline.add_argument(
        "--batch", type=Path, metavar="FILE.jsonl", help="one {from, length, regime} a line"
    )
    # Only one count or a batch, never half of either: what is missing is a wrong call and no refusal.
    deadline.set_defaults(wrong_call=deadline.error)
    verify = _with_json(_in_words(commands.add_parser("verify", help="check a dossier, offline · 核验案卷")))
    verify.add_argument(
        "files", type=Path, nargs="+", metavar="FILE.zip", help="all parts of one that was split"
    )
    verify.add_argument(
        "--policy", type=Path, metavar="FILE", help="take the keys from here, not from the dossier"
    )
    verify.set_defaults(wrong_call=verify.error)
    law = _deeds(commands.add_parser("law", help="statutes as they are cited · 法条"))
    show = _with_json(_in_words(law.add_parser("show", help="an article, as it stood on a day")))
    show.add_argument("id", help="such as cpl.24")
    show.add_argument("--on", type=_day, metavar="DATE", help="default today")
    playbook = _deeds(commands.add_parser("playbook", help="the rules of a platform · 规程"))
    for deed, about in (("check", "report every problem with its line"), ("test", "run examples.yaml")):
        one = _with_json(playbook.add_parser(deed, help=about))
        one.add_argument("path", nargs="?", type=Path, metavar="PATH")
    playbook.add_parser("schema", help="print the JSON schema").add_argument(
        "path", nargs="?", metavar="PATH"
    )
    triage = _with_json(_in_words(commands.add_parser("triage", help="which problem is it? · 这算什么问题")))
    triage.add_argument("text", metavar="TEXT|FILE", help="the story, a file that holds it, or - to read it")
    triage.add_argument("--platform", required=True, metavar="P")


def _log(commands: Any) -> None:
    log = _deeds(commands.add_parser("log", help="the evidence log · 存证日志"))
    _with_json(log.add_parser("update", help="number, sign and witness what waits · 补齐存证证明"))
    _with_json(log.add_parser("check", help="recompute every row of the record and the log · 逐条复核"))
    gap = _with_json(log.add_parser("gap", help="declare what an old backup lost · 声明缺口"))
    gap.add_argument("--by", required=True, metavar="NAME", help="the person who answers for it")
    gap.add_argument("--reason", required=True, metavar="TEXT")
    rotate = _with_json(log.add_parser("rotate", help="give the log a new key · 更换签名钥匙"))
    rotate.add_argument("--by", required=True, metavar="NAME")


def _simulation(commands: Any) -> None:
    play = _with_json(commands.add_parser("simulate", help="play cases in memory, with faults · 模拟运行"))
    play.add_argument("--cases", type=_count, default=1_000, metavar="N")
    play.add_argument("--seed", type=int, default=1, metavar="S")
    play.add_argument(
        "--keep", type=Path, metavar="DIR", help="shrink the first failure of each kind and keep it here"
    )
    play.add_argument("--replay", type=Path, metavar="FILE", help="play a kept failure again")
    play.add_argument("--bugs", action="store_true", help="plant each known bug and say which seed finds it")


def _deeds(command: ArgumentParser) -> Any:
    return command.add_subparsers(dest="deed", required=True, metavar="DEED")


def _with_json(command: ArgumentParser) -> ArgumentParser:
    command.add_argument("--json", action="store_true", help="answer and refusals as JSON on standard output")
    return command


def _in_words(command: ArgumentParser) -> ArgumentParser:
    command.add_argument("--lang", choices=("zh", "en"), default="zh")
    return command


def _count(given: str) -> int:
    if given.isdigit() and 0 < int(given) <= 100_000_000:
        return int(given)
    raise ArgumentTypeError("a number of cases from 1 on")


def _port(given: str) -> int:
    if given.isdigit() and 0 < int(given) < 65536:
        return int(given)
    raise ArgumentTypeError("a port is a number from 1 to 65535")


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise ArgumentTypeError(f"{given!r} is not a date such as 2026-09-18") from None
