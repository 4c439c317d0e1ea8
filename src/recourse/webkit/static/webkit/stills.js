// SPDX-FileCopyrightText: The Recourse authors
// SPDX-License-Identifier: Apache-2.0
// A still out of one's own video, on the page where it plays: the browser draws the frame that stands there, and the form
// of the page gets it as its file, with the time code. Without this file a person takes a screenshot and fills that form in.
(() => {
  "use strict";
  const film = document.getElementById("film");
  const form = document.getElementById("still");
  if (!film || !form) return;
  const english = document.documentElement.lang.startsWith("en");
  const bar = form.querySelector(".still__taking");
  const place = form.querySelector("[role=status]");
  const canvas = form.querySelector("canvas");
  const say = (zh, en) => { place.textContent = english ? en : zh; };
  // What a file of one picture may have (20 MB), with room; beyond that it is packed tighter.
  const most = 15 * 1024 * 1024;

  const code = (seconds) => {
    const two = (n) => String(n).padStart(2, "0");
    const whole = Math.floor(seconds);
    const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${two(minutes)}:${two(rest)}`;
  };
  const packed = (type, quality) => new Promise((done) => { canvas.toBlob(done, type, quality); });
  const failed = () => say("这个浏览器取不了画面，请截屏，再在下面选那张截图。", "This browser cannot take the frame. Take a screenshot and choose it below.");

  const take = async () => {
    film.pause();
    if (!film.videoWidth) {
      say("录像还没打开，先播放一下再取。", "The video is not open yet: play it first.");
      return;
    }
    const at = code(film.currentTime);
    [canvas.width, canvas.height] = [film.videoWidth, film.videoHeight];
    canvas.getContext("2d").drawImage(film, 0, 0, canvas.width, canvas.height);
    let picture = await packed("image/png");
    if (picture && picture.size > most) picture = await packed("image/jpeg", 0.92);
    if (!picture) { failed(); return; }
    const file = new File([picture], `still-${at.replaceAll(":", ".")}.${picture.type === "image/png" ? "png" : "jpg"}`, { type: picture.type });
    const chosen = new DataTransfer();
    chosen.items.add(file);
    form.elements.file.files = chosen.files;
    form.elements.file.dispatchEvent(new Event("change", { bubbles: true }));
    form.elements.second.value = at;
    canvas.hidden = false;
    canvas.setAttribute("aria-label", english ? `The frame at ${at}` : `${at} 的画面`);
    say(`取到了 ${at} 的画面，看清楚再上传；不合适就换一刻再取。`, `Taken at ${at}. Look at it, then upload it; or choose another moment and take again.`);
  };
  bar.querySelector("button").addEventListener("click", () => { take().catch(failed); });
  const unplayable = () => say("这个浏览器放不了这段录像。用手机自带的播放器打开原件截屏，再在下面选那张截图。", "This browser cannot play the video. Open the original with another player, take a screenshot and choose it below.");
  film.addEventListener("error", unplayable);
  bar.hidden = false;
  // It may have failed before this was listening.
  if (film.error) unplayable();
})();
