# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Say where an operator's programs want to hear of events, change the secret, try it out, send something again.

For owners, and for tokens that an owner gave this scope.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from recourse.actions.add_token import owners_only
from recourse.actions.story import Story
from recourse.core.actor import Actor, Role
from recourse.core.case.broadcast import KINDS, TEST_KIND
from recourse.core.port import World
from recourse.core.problem import Problem, Problems, gather, refuse
from recourse.core.text import Text
from recourse.gateways.webhook import WebhookSender
from recourse.gateways.webhook_signature import shown_secret
from recourse.store import webhooks

ENDPOINTS_MAX = 20
URL_MAX = 500


@dataclass(frozen=True, slots=True)
class NewSecret:
    """An endpoint and its secret, which is shown this once."""

    endpoint: str
    secret: str


def add_endpoint(
    world: World, *, actor: Actor, url: str, about: str = "", kinds: Sequence[str] = ()
) -> Story[NewSecret | Problems]:
    """Tell this address of these kinds of events, or of all of them."""
    if actor.role is not Role.owner:
        return owners_only()
    takes = world.hooks.takes if world.hooks is not None else WebhookSender().takes
    usable = len(url) <= URL_MAX and (yield partial(takes, url))
    refused = gather(_problems(usable=usable, about=about, kinds=kinds))
    if refused is not None:
        return refused
    if len((yield partial(webhooks.listening, [actor.operator]))) >= ENDPOINTS_MAX:
        return refuse(
            "too_many_endpoints",
            zh=f"最多{ENDPOINTS_MAX}个接收地址。",
            en=f"There are {ENDPOINTS_MAX} endpoints already.",
            do_zh="先删掉不用的。",
            do_en="Remove one that is not used.",
        )
    now = yield world.clock.now
    made = partial(
        webhooks.add_endpoint, actor.operator, url=url, about=about, kinds=kinds, made_by=actor.id, now=now
    )
    endpoint, secret = yield made
    return NewSecret(endpoint, shown_secret(secret))


def rotate_secret(world: World, *, actor: Actor, endpoint: str) -> Story[NewSecret | Problems]:
    """A new secret; for a day each older one signs beside it, so that no message is lost while receivers change."""
    if actor.role is not Role.owner:
        return owners_only()
    now = yield world.clock.now
    if (yield partial(webhooks.secrets_in_use, actor.operator, endpoint, now=now)) >= webhooks.SECRETS_MAX:
        return refuse(
            "rotated_too_often",
            field="endpoint",
            zh=f"一天里已经换过{webhooks.SECRETS_MAX - 1}次密钥，都还有效。",
            en=f"The secret was rotated {webhooks.SECRETS_MAX - 1} times within a day; all of them still sign.",
            do_zh="明天再换；密钥泄露了，就删掉这个接收地址，另加一个。",
            do_en="Rotate again tomorrow; if a secret leaked, remove this endpoint and add another.",
        )
    secret = yield partial(webhooks.rotate, actor.operator, endpoint, now=now)
    return no_endpoint() if secret is None else NewSecret(endpoint, shown_secret(secret))


def remove_endpoint(world: World, *, actor: Actor, endpoint: str) -> Story[Problems | None]:
    """Tell this address nothing more."""
    if actor.role is not Role.owner:
        return owners_only()
    now = yield world.clock.now
    removed = yield partial(webhooks.remove, actor.operator, endpoint, now=now)
    return None if removed else no_endpoint()


def send_test(world: World, *, actor: Actor, endpoint: str) -> Story[str | Problems]:
    """Put a test message on its way; its id."""
    if actor.role is not Role.owner:
        return owners_only()
    now = yield world.clock.now
    sent = yield partial(webhooks.put_test, actor.operator, endpoint, kind=TEST_KIND, now=now)
    return no_endpoint() if sent is None else sent


def resend_delivery(world: World, *, actor: Actor, delivery: str) -> Story[str | Problems]:
    """Send a message again under its own id; a receiver that has it already drops it."""
    if actor.role is not Role.owner:
        return owners_only()
    now = yield world.clock.now
    sent = yield partial(webhooks.resend, actor.operator, delivery, now=now)
    if sent is not None:
        return sent
    return refuse(
        "delivery_not_found",
        field="delivery",
        zh="没有这次推送，或它的接收地址已删除。",
        en="There is no such delivery, or its endpoint is gone.",
        do_zh="看一下推送记录。",
        do_en="Look at the delivery log.",
    )


def no_endpoint() -> Problems:
    """Absent, removed and another operator's answer alike."""
    return refuse(
        "endpoint_not_found",
        field="endpoint",
        zh="没有这个接收地址。",
        en="There is no such endpoint.",
        do_zh="看一下接收地址列表。",
        do_en="Look at the list of endpoints.",
    )


def _problems(*, usable: bool, about: str, kinds: Sequence[str]) -> Iterator[Problem]:
    if not usable:
        yield Problem(
            "url_not_understood",
            "url",
            Text("这个地址不能用来接收。", "Messages cannot be sent to this address."),
            Text(
                "写成 https://你的服务器/路径：要用 https，不带用户名密码。",
                "Write https://your-server/path: it must be https, without user or password.",
            ),
        )
    if len(about) > 120 or (about and not about.isprintable()):
        yield Problem(
            "text_too_long",
            "about",
            Text("说明最多120字，一行。", "The note is one line of at most 120 characters."),
            Text("写短一些。", "Write less."),
        )
    for kind in kinds:
        if kind not in KINDS:
            yield Problem(
                "kind_unknown",
                "types",
                Text(f"没有这种事件：{kind[:40]}", f"There is no event {kind[:40]}."),
                Text(f"可选：{'、'.join(KINDS)}。", f"Choose from: {', '.join(KINDS)}."),
            )
