// The reader: a larger picture, and keys: ← → turn pages, n and p go from hit to hit, over page borders. Everything works without it.
(() => {
  const contents = document.querySelector("details.contents");
  if (contents && matchMedia("(max-width: 64rem)").matches) contents.open = false;
  const marks = [...document.querySelectorAll("mark[data-hit]")];
  const follow = (selector, place) => {
    const link = document.querySelector(selector);
    if (link) location.href = link.href + (place || "");
  };
  let current = 0;
  const show = (number) => {
    current = number;
    for (const piece of document.querySelectorAll("[data-hit]")) {
      piece.classList.toggle("current", Number(piece.dataset.hit) === current);
    }
    const box = document.querySelector("rect.current");
    (box || marks[current - 1]).scrollIntoView({ block: "center" });
    if (steps) tell();
  };
  const steps = document.getElementById("langkah");
  const tell = () => {
    const words = steps.dataset.words.replace("{n}", current).replace("{m}", marks.length);
    steps.querySelector("[role=status]").textContent = current ? words : "";
  };
  const step = (by) => {
    const next = current + by;
    if (next >= 1 && next <= marks.length) show(next);
    else if (by > 0) follow("#temuan-berikutnya", "#temuan");
    else follow("#temuan-sebelumnya", "#temuan-akhir");
  };
  const keys = {
    ArrowLeft: () => follow("a[rel=prev]"),
    ArrowRight: () => follow("a[rel=next]"),
    n: () => step(1),
    p: () => step(-1),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  if (steps && marks.length) {
    steps.hidden = false;
    steps.parentElement.classList.add("stepping");
    for (const button of steps.querySelectorAll("button")) button.addEventListener("click", () => step(Number(button.dataset.step)));
  }
  if (marks.length && location.hash.startsWith("#temuan")) show(location.hash === "#temuan-akhir" ? marks.length : 1);

  const here = [...document.querySelectorAll(".outline .here")].pop(); // the innermost part, not the chapter around it
  if (here && contents.open) contents.scrollTop = here.offsetTop - contents.clientHeight / 2;

  const reading = document.querySelector(".reading");
  const larger = document.getElementById("perbesar");
  const enlarge = (isLarger) => {
    reading.classList.toggle("larger", isLarger);
    larger.setAttribute("aria-pressed", isLarger);
  };
  larger.hidden = false;
  enlarge(sessionStorage.getItem("perbesar") === "ya");
  larger.addEventListener("click", () => {
    enlarge(!reading.classList.contains("larger"));
    sessionStorage.setItem("perbesar", reading.classList.contains("larger") ? "ya" : "tidak");
  });

  const button = document.getElementById("salin");
  const citation = document.getElementById("kutipan");
  button.hidden = false;
  button.addEventListener("click", () => {
    citation.select();
    document.execCommand("copy"); // the clipboard API is absent on plain http
    button.textContent = button.dataset.done;
  });
})();
