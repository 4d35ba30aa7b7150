// Says what is chosen before it is sent, and brings the state of sent documents up to date. Everything works without it.
(() => {
  const input = document.getElementById("berkas");
  const chosen = document.getElementById("terpilih");
  if (input && chosen) {
    input.addEventListener("change", () => {
      const bytes = [...input.files].reduce((sum, file) => sum + file.size, 0);
      const count = input.files.length;
      const words = count === 1 ? chosen.dataset.satu : chosen.dataset.banyak.replace("{n}", count);
      const size = Math.max(0.1, bytes / 1048576).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
      chosen.textContent = count ? `${words}, ${size} MB. ${bytes > chosen.dataset.terbesar ? chosen.dataset.lebih : ""}` : "";
    });
    input.form.addEventListener("submit", () => {
      chosen.textContent = chosen.dataset.kirim;
    });
  }
  const refresh = async () => {
    const state = document.querySelector("#keadaan[data-waiting]");
    if (!state) return;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("keadaan");
      if (fresh) state.replaceWith(fresh);
    } catch {
      // the server is away for a moment; the next turn asks again
    }
    setTimeout(refresh, 2000);
  };
  setTimeout(refresh, 1500);
})();
