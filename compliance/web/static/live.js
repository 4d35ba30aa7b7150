// Keeps #keadaan up to date while something is under way. Without it the page is reloaded by itself.
(() => {
  const turn = async () => {
    const state = document.querySelector("#keadaan[data-waiting]");
    if (!state) return;
    const isUsed = state.querySelector(":focus-visible") || document.hidden;
    if (!isUsed) {
      try {
        const answer = await fetch(location.href, { credentials: "same-origin" });
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("keadaan");
        if (answer.ok && fresh) state.replaceWith(fresh);
      } catch {
        // the server is away for a moment; the next turn asks again
      }
    }
    setTimeout(turn, 1000 * (state.dataset.seconds || 2));
  };
  setTimeout(turn, 1500);
})();
