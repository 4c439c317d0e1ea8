// SPDX-FileCopyrightText: The Recourse authors
// SPDX-License-Identifier: Apache-2.0
// Comfort only: every page works without this file. No handler is written into the markup.
(() => {
  "use strict";
  const english = document.documentElement.lang.startsWith("en");

  // Countdowns: the server wrote the words; once a minute they are written again from the same moment.
  const span = (seconds) => {
    const days = Math.floor(seconds / 86400);
    const hours = Math.floor((seconds % 86400) / 3600);
    const minutes = Math.floor((seconds % 3600) / 60);
    const parts = days ? [[days, "天", "day"], [hours, "小时", "hour"]]
      : hours ? [[hours, "小时", "hour"], [minutes, "分钟", "minute"]]
      : [[Math.max(minutes, 1), "分钟", "minute"]];
    const shown = parts.filter(([n]) => n);
    return english
      ? shown.map(([n, , unit]) => `${n} ${unit}${n === 1 ? "" : "s"}`).join(" ")
      : shown.map(([n, unit]) => `${n}${unit}`).join("");
  };
  // The page's own clock may be wrong: count from the server's answer, not from the phone's date.
  const served = Date.parse(document.querySelector("meta[name=served-at]")?.content ?? "");
  const started = performance.now();
  const now = () => (Number.isNaN(served) ? Date.now() : served + performance.now() - started);
  const tick = () => {
    for (const place of document.querySelectorAll("[data-until]")) {
      const seconds = Math.floor((Date.parse(place.dataset.until) - now()) / 1000);
      const words = span(Math.abs(seconds));
      place.textContent = seconds >= 0
        ? (english ? `${words} left` : `还剩${words}`)
        : (english ? `${words} over` : `已超过${words}`);
    }
  };
  if (document.querySelector("[data-until]")) setInterval(tick, 60000);

  // Uploads: say how many files were chosen.
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.hasAttribute("data-counts")) return;
    const place = input.parentElement?.querySelector(".upload__count");
    if (place) place.textContent = input.files?.length
      ? place.dataset[english ? "en" : "zh"].replace("{n}", input.files.length) : "";
  });

  // Drafts: a form with data-draft="/address" is sent there quietly while it is filled, without its files.
  for (const form of document.querySelectorAll("form[data-draft]")) {
    let waiting = 0;
    let changed = false;
    const place = form.querySelector(".saved");
    const save = async () => {
      if (!changed) return;
      changed = false;
      const body = new FormData(form);
      for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
      try {
        const answer = await fetch(form.dataset.draft, { method: "POST", body, credentials: "same-origin", keepalive: true });
        if (!answer.ok) throw new Error(String(answer.status));
        if (place) place.textContent = english ? "Saved" : "已保存";
      } catch {
        changed = true;
        if (place) place.textContent = english ? "Not saved yet; trying again" : "还没保存上，稍后再试";
        clearTimeout(waiting);
        waiting = setTimeout(save, 5000);
      }
    };
    form.addEventListener("input", () => {
      changed = true;
      clearTimeout(waiting);
      waiting = setTimeout(save, 1200);
    });
    document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
    form.addEventListener("submit", () => { changed = false; clearTimeout(waiting); });
  }

  // Masks: a box dragged over a picture, with finger, pen or mouse, fills the numbers of the form below it.
  const drawing = document.querySelector(".drawing");
  const numbers = document.getElementById("mask-box");
  if (drawing && numbers) {
    const bar = drawing.querySelector(".drawing__bar");
    const [toggle, send] = bar.querySelectorAll("button");
    const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    box.setAttribute("class", "sheet__mask sheet__mask--drawn");
    let from = null;
    const end = () => { from = null; box.remove(); send.hidden = true; };
    toggle.addEventListener("click", () => {
      end();
      toggle.setAttribute("aria-pressed", String(drawing.classList.toggle("drawing--on")));
    });
    // Tenths of a per cent, as the form takes them.
    const place = (event, sheet) => {
      const edge = sheet.getBoundingClientRect();
      const inside = (part) => Math.min(100, Math.max(0, 100 * part));
      return [inside((event.clientX - edge.left) / edge.width), inside((event.clientY - edge.top) / edge.height)];
    };
    const fill = (event, sheet) => {
      const [x, y] = place(event, sheet);
      const low = (a, b) => Math.floor(10 * Math.min(a, b)) / 10;
      const high = (a, b) => Math.ceil(10 * Math.max(a, b)) / 10;
      const [left, right, top, bottom] = [low(x, from[0]), high(x, from[0]), low(y, from[1]), high(y, from[1])];
      const drawn = { x: left, y: top, width: right - left, height: bottom - top };
      for (const name in drawn) box.setAttribute(name, `${drawn[name]}%`);
      const values = { page: sheet.dataset.page, left, right, top, bottom };
      for (const name in values) numbers.elements[name].value = values[name];
      return right - left >= 1 && bottom - top >= 0.5;
    };
    for (const sheet of drawing.querySelectorAll(".sheet__masks")) {
      sheet.addEventListener("pointerdown", (event) => {
        if (!event.isPrimary || event.button) return;
        event.preventDefault();
        end();
        sheet.setPointerCapture(event.pointerId);
        from = place(event, sheet);
        sheet.append(box);
      });
      sheet.addEventListener("pointermove", (event) => { if (from) fill(event, sheet); });
      sheet.addEventListener("pointerup", (event) => {
        if (!from) return;
        // A tap is no box.
        if (fill(event, sheet)) { from = null; send.hidden = false; } else end();
      });
      sheet.addEventListener("pointercancel", end);
    }
    bar.hidden = false;
  }

  // A second tap on a slow phone must not send the form twice (the server refuses the copy anyway).
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button instanceof HTMLButtonElement) setTimeout(() => { button.disabled = true; }, 0);
    if (button) setTimeout(() => { button.disabled = false; }, 8000);
  });

  // Refusals come to the eye first.
  document.getElementById("problems")?.focus();
})();
