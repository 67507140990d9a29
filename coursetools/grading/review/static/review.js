// Keys, and saving what is typed. Texts are only ever put in as text, never as HTML.
"use strict";
(() => {
  const find = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const dialog = find("#keys");
  const keysOn = find("#keys-on");
  const marking = find("#marking");
  const KEPT = "coursetools-review-keys";

  // ---- the dialog of keys, and whether single letters are keys

  keysOn.checked = localStorage.getItem(KEPT) !== "off";
  keysOn.addEventListener("change", () => {
    localStorage.setItem(KEPT, keysOn.checked ? "on" : "off");
  });
  find("#keys-open").addEventListener("click", () => {
    dialog.showModal();
    find("#keys-close").focus();
  });
  find("#keys-close").addEventListener("click", () => dialog.close());

  const desk = marking ? markingDesk() : null;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open) return;
    const own = desk !== null && desk.takes(event);
    if (own) event.preventDefault();
    if (own || !keysOn.checked || desk?.isText(event.target)) return;
    if (desk?.isPoints(event.target) && event.key.startsWith("Arrow")) return;
    const wanted = all("[data-key]").find((each) => each.dataset.key.split(" ").includes(event.key));
    if (wanted) {
      event.preventDefault();
      wanted.click();
    }
  });

  find("h1").focus();

  // ---- marking one answer

  function markingDesk() {
    const points = find("#points");
    const comment = find("#comment");
    const status = find("#status");
    const most = Number(marking.dataset.most);
    const SOON = 350; // milliseconds after the last key until a text is saved
    const LONGEST = 15000; // between two tries
    let saved = typed();
    let seen = marking.dataset.seen;
    let sending = Promise.resolve(true);
    let busy = 0;
    let soon = 0;
    let pause = 1000;

    press();
    for (const button of all("[data-points]")) {
      button.addEventListener("click", () => {
        points.value = button.dataset.points;
        changed(0);
      });
    }
    points.addEventListener("input", () => changed(SOON));
    comment.addEventListener("input", () => changed(SOON));
    points.addEventListener("change", () => changed(0));
    comment.addEventListener("change", () => changed(0));
    window.addEventListener("beforeunload", (event) => {
      if (unsaved()) event.preventDefault();
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (!unsaved()) return;
      event.preventDefault();
      save().then((done) => {
        if (done && !unsaved()) window.location.assign(link.href);
      });
    });

    return { takes, isText: (where) => where === comment, isPoints: (where) => where === points };

    function takes(event) {
      const where = event.target;
      if (event.key === "Escape" && (where === comment || where === points)) {
        where.blur();
        return true;
      }
      if (where === comment) return false;
      if (where === points && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
        const step = event.key === "ArrowUp" ? 0.5 : -0.5;
        const now = number(points.value);
        points.value = String(Math.min(most, Math.max(0, (Number.isNaN(now) ? 0 : now) + step)));
        changed(SOON);
        return true;
      }
      if (!keysOn.checked) return false;
      if (event.key === "c") {
        comment.focus();
        return true;
      }
      if (/^[0-9]$/.test(event.key)) {
        digit(event.key, where === points);
        return true;
      }
      return false;
    }

    // A digit goes on from those before it where the number stays within what can be given:
    // `1`, `2` is 12 of 15 points, and 2 of 3.
    function digit(sign, goesOn) {
      const whole = points.selectionStart === 0 && points.selectionEnd === points.value.length;
      const longer = goesOn && !whole ? points.value.trim() + sign : sign;
      points.value = number(longer) <= most ? longer : sign;
      points.focus();
      points.setSelectionRange(points.value.length, points.value.length);
      changed(SOON);
    }

    function number(text) {
      const plain = text.trim().replace(",", ".");
      return /^[0-9]*\.?[0-9]*$/.test(plain) && /[0-9]/.test(plain) ? Number(plain) : NaN;
    }

    function typed() {
      return { points: points.value.trim(), comment: comment.value };
    }

    function unsaved() {
      const now = typed();
      return busy > 0 || now.points !== saved.points || now.comment !== saved.comment;
    }

    function press() {
      for (const button of all("[data-points][aria-pressed]")) {
        const same = Number(button.dataset.points) === number(points.value);
        button.setAttribute("aria-pressed", String(same));
      }
    }

    function changed(after) {
      press();
      window.clearTimeout(soon);
      if (after) soon = window.setTimeout(save, after);
      else save();
    }

    function tell(words, wrong = false) {
      status.classList.toggle("wrong", wrong);
      if (status.textContent !== words) status.textContent = words; // what is new is read out
    }

    function wrong(words) {
      tell(words, true);
      return false;
    }

    function save() {
      window.clearTimeout(soon);
      sending = sending.then(saveNow);
      return sending;
    }

    async function saveNow() {
      const now = typed();
      points.removeAttribute("aria-invalid");
      if (now.points === saved.points && now.comment === saved.comment) {
        return true;
      }
      const given = number(now.points);
      if (now.points === "" && now.comment !== "") {
        return wrong("The comment is saved as soon as there are points. Give some, or empty it.");
      }
      if (now.points !== "" && !(given >= 0 && given <= most)) {
        points.setAttribute("aria-invalid", "true");
        return wrong(`Not saved: give a number from 0 to ${most}.`);
      }
      busy += 1;
      try {
        return await send(now);
      } finally {
        busy -= 1;
      }
    }

    async function send(now) {
      tell("Saving …");
      let answer;
      let told = {};
      try {
        answer = await fetch(marking.dataset.save, {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-XSRFToken": marking.dataset.token },
          body: JSON.stringify({ ...now, seen }),
        });
        told = await answer.json();
      } catch {
        return again(
          "Not saved: the server does not answer. Is `coursetools review` still running? What you " +
            "typed stays here, and saving is tried again.",
        );
      }
      if (!answer.ok) {
        return told.again ? again(told.sentence) : wrong(`Not saved: ${told.sentence}`);
      }
      saved = now;
      seen = told.seen;
      pause = 1000;
      find("#done").textContent = `${told.done} of ${told.total}`;
      find("progress").value = told.done;
      tell(told.sentence);
      return true;
    }

    function again(words) {
      window.clearTimeout(soon);
      soon = window.setTimeout(save, pause);
      pause = Math.min(2 * pause, LONGEST);
      return wrong(words);
    }
  }
})();
