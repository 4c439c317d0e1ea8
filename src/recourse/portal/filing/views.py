# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The filing screens: show, save, judge, go on; and at the end one case."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recourse.actions.file_complaint import Refiling
from recourse.actions.file_draft import file_draft_and_ask
from recourse.actions.keep_draft import begin_draft, drop_draft, keep_draft, seal_file
from recourse.actions.limit_visits import may_ask
from recourse.actions.read_draft import ask_to_read
from recourse.actions.story import perform
from recourse.core.calendar import CHINA
from recourse.core.playbook.types import Playbook
from recourse.core.port import StoredBlob
from recourse.core.problem import Problem, Problems, refuse
from recourse.core.rulebook import Rulebook
from recourse.core.vocabulary import EvidenceKind
from recourse.portal import visitor
from recourse.portal.filing.contents import content_of
from recourse.portal.filing.readings import OFFERED_ON, pictures_of, readings_of
from recourse.portal.filing.screens import ORDER, SCREENS, after, before, questions, record_fields, stops
from recourse.portal.filing.typed import complaint_of, judged, merged, placed, said, screen_of
from recourse.portal.proving import filed
from recourse.queries.draft import kept_draft, rules_of
from recourse.queries.houses import house_for
from recourse.queries.my_cases import seat
from recourse.webkit.language import spoken
from recourse.webkit.world import world

FILES_MAX = 40
UPLOADS = (300, timedelta(hours=1))
# A draft is opened by anybody; many phones of one provider come from one address.
DRAFTS = (60, timedelta(hours=1))


@require_safe
def start(request: HttpRequest, platform: str) -> HttpResponse:
    """Begin a complaint, or go on where this browser left it."""
    rules_for(platform)
    draft = kept_draft(world(), token=visitor.draft_token(request, platform), platform=platform)
    step = draft.step if draft is not None and draft.step in ORDER else ORDER[0]
    papers = "?papers=1" if request.GET.get("papers") == "1" and draft is None else ""
    return redirect(f"/file/{platform}/{step}{papers}")


@require_http_methods(["GET", "HEAD", "POST"])
def screen(request: HttpRequest, platform: str, step: str) -> HttpResponse:
    """One screen. A wrong one comes back with everything that was typed; the draft keeps it all the same."""
    rules = rules_for(platform)
    if step not in SCREENS:
        raise Http404
    typed = typed_so_far(request, platform)
    if request.method != "POST":
        if not typed and step != ORDER[0]:
            return redirect(f"/file/{platform}/{ORDER[0]}")
        if request.GET.get("papers") == "1":
            typed = {**typed, "papers": "1"}
        return show(request, step, typed, rules)
    typed = merged(typed, request.POST, playbook=rules.playbook, screen=step)
    if step == "evidence":
        typed, refused = _seal(request, typed, rules.playbook)
    else:
        refused = ()
    wrong = (*judged(typed, playbook=rules.playbook, screen=step, today=_today()), *refused)
    if step == "review" and not wrong:
        return _file(request, typed, rules)
    stopped = step == "check" and _stopped(typed, rules.playbook)
    more_files = step == "evidence" and request.POST.get("then") != "next"
    kept = keep(request, platform, step if wrong or stopped or more_files else after(step), typed)
    if kept is not None:
        return show(request, step, typed, rules, (*kept.items, *refused))
    if step == "evidence":
        token = visitor.draft_token(request, platform)
        perform(ask_to_read(world(), token=token, pictures=pictures_of(typed)))
    if stopped:
        return redirect(f"/file/{platform}/stop")
    if wrong:
        return show(request, step, typed, rules, wrong)
    if more_files:
        return redirect(f"/file/{platform}/evidence{_anchor(request.POST)}")
    return redirect(f"/file/{platform}/{after(step)}")


def _anchor(post: QueryDict) -> str:
    then = post.get("then", "")
    return f"#item-{then}" if then in set(EvidenceKind) else ""


@require_POST
def save(request: HttpRequest, platform: str, step: str) -> HttpResponse:
    """The quiet saving while somebody types, or before they go back a screen. Nothing is judged."""
    rules = rules_for(platform)
    if step not in SCREENS:
        raise Http404
    typed = merged(typed_so_far(request, platform), request.POST, playbook=rules.playbook, screen=step)
    kept = keep(request, platform, step, typed)
    if request.POST.get("then") == "back":
        if kept is not None:
            return show(request, step, typed, rules, kept.items)
        return redirect(f"/file/{platform}/{before(step) or step}")
    return HttpResponse(status=204 if kept is None else 429 if kept.keys() == ("too_many_drafts",) else 413)


@require_POST
def take(request: HttpRequest, platform: str, step: str) -> HttpResponse:
    """Put the value that was tapped into the record, beside whatever else is typed on this screen; then show it again.

    Without a value it only looks whether the pictures have been read meanwhile.
    """
    rules = rules_for(platform)
    if step not in OFFERED_ON:
        raise Http404
    playbook = rules.playbook
    typed = merged(typed_so_far(request, platform), request.POST, playbook=playbook, screen=step)
    name, _, value = request.POST.get("take", "").partition("=")
    if name not in {f"record-{item}" for item in record_fields(playbook)}:
        name = ""
    if name:
        tapped = QueryDict(mutable=True)
        tapped[name] = value
        typed = merged(typed, tapped, playbook=playbook, screen="record")
    kept = keep(request, platform, step, typed)
    if kept is not None:
        return show(request, step, typed, rules, kept.items)
    return redirect(f"/file/{platform}/{step}#{OFFERED_ON[step] if name else 'readings'}")


@require_safe
def stop(request: HttpRequest, platform: str) -> HttpResponse:
    """The exit: money is going away right now, so no form but the police and the bank."""
    playbook = rules_for(platform).playbook
    typed = typed_so_far(request, platform)
    advice = [
        option.advice
        for item in playbook.ask
        for option in item.options
        if option.stop and option.advice and said(typed, f"ask-{item.key}") == option.key
    ]
    return render(
        request, "portal/stop.html", {"playbook": playbook, "advice": advice, "now": world().clock.now()}
    )


@require_POST
def forget(request: HttpRequest, platform: str) -> HttpResponse:
    """Throw the draft away, by the person's wish."""
    rules_for(platform)
    token = visitor.draft_token(request, platform)
    if token:
        perform(drop_draft(world(), token=token))
        visitor.hold_draft(request, platform, "")
        messages.success(request, "草稿已删除。" if spoken() == "zh" else "The draft is deleted.")
    return redirect(f"/p/{platform}")


def rules_for(platform: str) -> Rulebook:
    """The rulebook of a platform; a platform nobody has a playbook for is no page."""
    rules = rules_of(world(), platform)
    if rules is None:
        raise Http404
    return rules


def _today() -> Any:
    return world().clock.now().astimezone(CHINA).date()


def typed_so_far(request: HttpRequest, platform: str) -> dict[str, Any]:
    """What this browser typed about a platform."""
    draft = kept_draft(world(), token=visitor.draft_token(request, platform), platform=platform)
    return dict(draft.data) if draft is not None else {}


def begin(request: HttpRequest, platform: str, *, refiles: str = "") -> str:
    """The token of this browser's draft about a platform; a new one when there is none."""
    token = visitor.draft_token(request, platform)
    if kept_draft(world(), token=token, platform=platform) is None:
        house = house_for(world(), platform, only_papers=False)
        token = perform(begin_draft(world(), operator=house.slug, refiles=refiles))
        visitor.hold_draft(request, platform, token)
    return token


def keep(request: HttpRequest, platform: str, step: str, typed: dict[str, Any]) -> Problems | None:
    """Keep what was typed in this browser's draft; why not, where that fails."""
    typed.setdefault("person", world().randomness.public_id())
    token = visitor.draft_token(request, platform)
    kept = (
        perform(keep_draft(world(), token=token, platform=platform, step=step, data=typed)) if token else None
    )
    if token and (kept is None or kept.keys() != ("draft_gone",)):
        return kept
    times, per = DRAFTS
    if perform(may_ask(world(), visitor=f"draft/{request.META['REMOTE_ADDR']}", times=times, per=per)):
        return refuse(
            "too_many_drafts",
            zh="这个网络一小时内新开的草稿太多了，这一页没有存下。",
            en="Too many drafts were begun from this network within the hour; this page was not saved.",
            do_zh="别关这一页，一小时后再点一次“下一步”。",
            do_en="Keep this page open and press “Next” again in an hour.",
        )
    token = begin(request, platform)
    return perform(keep_draft(world(), token=token, platform=platform, step=step, data=typed))


def _stopped(typed: dict[str, Any], playbook: Playbook) -> bool:
    return any(
        option.stop and said(typed, f"ask-{item.key}") == option.key
        for item in questions(playbook, "check")
        if stops(item)
        for option in item.options
    )


def _seal(
    request: HttpRequest, typed: dict[str, Any], playbook: Playbook
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Put the files of this post into the vault, and take out those the person removed."""
    gone = request.POST.get("remove", "")
    files = [file for file in typed.get("files", []) if file["blob"] != gone]
    refused: list[Problem] = []
    typed = {**typed, "files": files}
    for item in playbook.evidence:
        kind = item.kind.value
        given = [*request.FILES.getlist(f"file-{kind}"), *request.FILES.getlist(f"camera-{kind}")]
        for upload in given:
            name = (upload.name or "")[:200]
            stored = _sealed(request, upload, name=name, held=len(files))
            if isinstance(stored, Problems):
                refused += [Problem(p.key, f"file-{kind}", p.message, p.do) for p in stored.items]
                continue
            files.append(
                {
                    "kind": kind,
                    "blob": stored.blob,
                    "digest": stored.digest,
                    "size": stored.size,
                    "media_type": stored.media_type,
                    "name": name,
                    "sm3": stored.sm3,
                }
            )
        if any(file["kind"] == kind for file in files):
            typed[f"state-{kind}"] = "have"
    return typed, tuple(refused)


def _sealed(request: HttpRequest, upload: Any, *, name: str, held: int) -> StoredBlob | Problems:
    """One file in the vault. Nobody has signed in yet, so a draft holds a few dozen and a network sends a few hundred."""
    if held >= FILES_MAX:
        return refuse(
            "too_many_files",
            zh=f"一份投诉先交{FILES_MAX}个文件，“{name}”没有收下。",
            en=f"A complaint begins with {FILES_MAX} files; {name} was not taken.",
            do_zh="提交后在案件页继续补交。",
            do_en="Hand in the rest on the case page once it is filed.",
        )
    times, per = UPLOADS
    limited = perform(may_ask(world(), visitor=f"upload/{request.META['REMOTE_ADDR']}", times=times, per=per))
    if limited is not None:
        return limited
    return perform(seal_file(world(), chunks=upload.chunks(), name=name))


def _file(request: HttpRequest, typed: dict[str, Any], rules: Rulebook) -> HttpResponse:
    playbook = rules.playbook
    platform = playbook.platform
    # What is filed needs no draft any more; what cannot be filed is kept with its last screen.
    typed.setdefault("person", world().randomness.public_id())
    complaint = complaint_of(typed, playbook)
    if isinstance(complaint, Problems):
        keep(request, platform, "review", typed)
        return show(request, "review", typed, rules, complaint.items)
    house = house_for(world(), platform, only_papers=said(typed, "papers") == "1")
    actor = seat(typed["person"], operator=house.slug)
    refile = typed.get("refile") or {}
    files = [
        (
            EvidenceKind(f["kind"]),
            f["blob"],
            f["digest"],
            f["size"],
            f["media_type"],
            f["name"],
            f.get("sm3", ""),
        )
        for f in typed.get("files", [])
    ]
    ground = said(typed, "new_ground").strip()
    digests = tuple(digest for _, _, digest, *_ in files)
    refiling = Refiling(refile["number"], ground, digests) if refile else None
    outcome = perform(
        file_draft_and_ask(
            world(),
            actor=actor,
            token=visitor.draft_token(request, platform),
            complaint=complaint,
            files=files,
            refiling=refiling,
            person=visitor.person_of(request),
            visitor=request.META.get("REMOTE_ADDR", ""),
        )
    )
    if isinstance(outcome, Problems):
        keep(request, platform, "review", typed)
        return show(request, "review", typed, rules, placed(outcome).items)
    receipt, ticket = outcome
    visitor.hold_draft(request, platform, "")
    return filed(request, number=receipt.number, newcomer=actor, contact=complaint.contact, ticket=ticket)


def show(
    request: HttpRequest, step: str, typed: dict[str, Any], rules: Rulebook, wrong: tuple[Problem, ...] = ()
) -> HttpResponse:
    """One screen with what was typed and what is wrong with it."""
    playbook = rules.playbook
    now = world().clock.now()
    token = visitor.draft_token(request, playbook.platform)
    here = tuple(item for item in wrong if screen_of(item.field, playbook) == step or not item.field)
    context = {
        "step": step,
        "at": ORDER.index(step) + 1,
        "of": len(ORDER),
        "label": SCREENS[step],
        "next_label": SCREENS[after(step)] if step != ORDER[-1] else None,
        "previous": before(step),
        "platform": playbook.platform,
        "playbook": playbook,
        "typed": typed,
        "problems": here,
        "elsewhere": [
            {
                "problem": item,
                "screen": screen_of(item.field, playbook),
                "label": SCREENS[screen_of(item.field, playbook)],
            }
            for item in wrong
            if item not in here
        ],
        "now": now,
        **content_of(step, typed=typed, rules=rules, now=now),
        **readings_of(step, token=token, typed=typed, playbook=playbook, now=now),
    }
    return render(request, f"portal/filing/{step}.html", context, status=422 if wrong else 200)
