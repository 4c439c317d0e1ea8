# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""One page with every component on it (demo mode only), so that a change of style is seen everywhere at once."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from recourse.core.text import Text
from recourse.webkit.samples import SAMPLES


class SampleForm(forms.Form):
    """Each kind of control once."""

    name = forms.CharField(
        label=Text("怎么称呼你", "Your name"),
        help_text=Text("商家只看到姓。", "The shop sees your family name only."),
    )
    amount = forms.CharField(label=Text("金额（元）", "Amount (yuan)"), required=False)
    happened_on = forms.DateField(
        label=Text("哪天买的", "Bought on"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    platform = forms.ChoiceField(
        label=Text("在哪里买的", "Where"), choices=[("kuaishou-shop", "快手小店"), ("any-company", "其他")]
    )
    problem = forms.ChoiceField(
        label=Text("出了什么问题", "What went wrong"),
        widget=forms.RadioSelect,
        choices=[
            ("a", Text("一直没发货", "Never shipped")),
            ("b", Text("东西和描述不一样", "Not as described")),
            ("c", Text("说好退款，一直没退", "Refund promised, never paid")),
        ],
    )
    story = forms.CharField(
        label=Text("发生了什么", "What happened"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=Text("像给朋友讲一样写。", "Write it as you would tell a friend."),
    )
    agree = forms.BooleanField(label=Text("我说的是真的", "What I say is true"))


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with a value in it."""
    form = SampleForm(
        {
            "name": "",
            "amount": "39.9",
            "story": "直播间买的茶叶，收到后有霉味。",
            "platform": "kuaishou-shop",
            "problem": "b",
        }
    )
    return render(request, "webkit/styleguide.html", {"form": form, **SAMPLES})
