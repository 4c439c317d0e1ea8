// SPDX-FileCopyrightText: The Recourse authors
// SPDX-License-Identifier: Apache-2.0
// The page of whoever waits for a dossier: asks by itself whether it is ready, says so, and opens or downloads it.
// Without this file the link on the page does the same by hand.
(() => {
  "use strict";
  const place = document.getElementById("waiting");
  if (!place) return;
  const english = document.documentElement.lang.startsWith("en");
  const say = (zh, en) => { place.textContent = english ? en : zh; };
  const seconds = Number(place.dataset.seconds);

  const ready = (answer) => {
    if ((answer.headers.get("Content-Type") ?? "").startsWith("text/html")) {
      say("好了，正在打开。", "It is ready and opens now.");
      location.replace(location.href);
      return;
    }
    say("好了，已开始下载。没有动静就点下面的按钮。", "It is ready; the download has begun. If nothing happens, use the button below.");
    location.assign(location.href);
  };
  const ask = async () => {
    let after = seconds;
    try {
      const answer = await fetch(location.href, { method: "HEAD", credentials: "same-origin", cache: "no-store" });
      // Signed out, refused, gone: the page itself says why.
      if (answer.redirected || (!answer.ok && answer.status !== 503)) { location.reload(); return; }
      if (answer.status === 200) { ready(answer); return; }
      after = Number(answer.headers.get("Retry-After")) || seconds;
    } catch {
      // No network just now: asked again like any other time.
    }
    setTimeout(ask, 1000 * after);
  };
  say("不用守着，也不用再点：好了会自己打开或开始下载。", "No need to watch or to tap again: it opens or downloads by itself when it is ready.");
  setTimeout(ask, 1000 * seconds);
})();
