// The reader: keys, hits without reloading, dragging a large picture. Every one of these is also a link; nothing needs this file.
(() => {
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const remembered = (key) => sessionStorage.getItem(`pembaca-${key}`);
  const remember = (key, value) => sessionStorage.setItem(`pembaca-${key}`, value);
  const sheet = one(".sheet");
  const zoomed = one(".zoomed .sheet");

  // Hits: n and p, and the two links, go from one to the next; over the page's border they follow the link.
  const steps = one("#langkah");
  const last = Math.max(0, ...all("mark[data-hit]").map((mark) => Number(mark.dataset.hit)));
  let current = Number(one("mark.current")?.dataset.hit || 0);
  const show = (hit) => {
    current = hit;
    for (const piece of all("[data-hit]")) piece.classList.toggle("current", Number(piece.dataset.hit) === hit);
    const told = steps.querySelector("[role=status]");
    told.textContent = steps.dataset.words.replace("{n}", Number(steps.dataset.before) + hit);
    const here = new URL(location.href);
    here.searchParams.set("temuan", hit);
    history.replaceState(null, "", here);
    bring();
  };
  const bring = () => {
    const text = one("mark.current");
    const spot = one("rect.current");
    if (text && !inView(text)) text.scrollIntoView({ block: "center" });
    if (spot && !inView(spot)) spot.scrollIntoView({ block: "center", inline: "center" });
  };
  const inView = (element) => {
    const box = element.getBoundingClientRect();
    const frame = zoomed && zoomed.contains(element) ? zoomed.getBoundingClientRect() : { left: 0, right: innerWidth, bottom: innerHeight, top: 0 };
    const top = Math.max(frame.top, one(".readerbar").getBoundingClientRect().bottom);
    return box.top >= top && box.bottom <= Math.min(frame.bottom, innerHeight) && box.left >= frame.left && box.right <= frame.right;
  };
  const step = (by) => {
    if (!steps) return;
    const next = current + by;
    if (current && next >= 1 && next <= last) show(next);
    else if (by > 0 && steps.dataset.later) location.href = steps.dataset.later;
    else if (by < 0 && steps.dataset.earlier) location.href = steps.dataset.earlier;
  };
  for (const link of steps ? steps.querySelectorAll("[data-step]") : []) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      step(Number(link.dataset.step));
    });
  }

  // Keys. Never inside a field, never with a modifier.
  const follow = (selector) => one(selector)?.click();
  const focus = (selector) => {
    const field = one(selector);
    field.focus();
    field.select();
  };
  const scrollsSideways = (by) => {
    if (document.activeElement !== zoomed || !zoomed) return false;
    return by < 0 ? zoomed.scrollLeft > 0 : zoomed.scrollLeft < zoomed.scrollWidth - zoomed.clientWidth - 1;
  };
  const keys = {
    ArrowLeft: () => follow("a[rel=prev]"),
    ArrowRight: () => follow("a[rel=next]"),
    n: () => step(1),
    p: () => step(-1),
    "+": () => follow("[data-zoom=in]"),
    "=": () => follow("[data-zoom=in]"),
    "-": () => follow("[data-zoom=out]"),
    0: () => follow("[data-zoom=fit]"),
    "/": () => focus("#cari-di-dokumen"),
    g: () => focus("#ke-halaman"),
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]") || !keys[event.key]) return;
    if ((event.key === "ArrowLeft" && scrollsSideways(-1)) || (event.key === "ArrowRight" && scrollsSideways(1))) return;
    event.preventDefault();
    keys[event.key]();
  });

  // The place one looked at stays when the size changes or a page is turned; a hit that was asked for goes before it.
  const keepPlace = (link, vertical) => {
    link.addEventListener("click", () => {
      const across = zoomed ? (zoomed.scrollLeft + zoomed.clientWidth / 2) / zoomed.scrollWidth : 0.5;
      const down = zoomed ? (zoomed.scrollTop + zoomed.clientHeight / 2) / zoomed.scrollHeight : lookedAt();
      remember("tempat", JSON.stringify({ across, down: vertical ? down : null }));
    });
  };
  const lookedAt = () => {
    const box = sheet.getBoundingClientRect();
    return Math.min(1, Math.max(0, (innerHeight / 2 - box.top) / box.height));
  };
  for (const link of all(".sizes [data-zoom], .sizes a[href*=zoom]")) keepPlace(link, true);
  for (const link of all("a[rel=prev], a[rel=next]")) keepPlace(link, false);
  const place = JSON.parse(remembered("tempat") || "null");
  sessionStorage.removeItem("pembaca-tempat");
  if (place && zoomed && !location.hash) {
    zoomed.scrollLeft = place.across * zoomed.scrollWidth - zoomed.clientWidth / 2;
    if (place.down !== null) zoomed.scrollTop = place.down * zoomed.scrollHeight - zoomed.clientHeight / 2;
  }

  // A picture larger than its frame is dragged with the mouse; fingers scroll and pinch it anyway.
  if (zoomed && (zoomed.scrollWidth > zoomed.clientWidth || zoomed.scrollHeight > zoomed.clientHeight)) {
    zoomed.classList.add("grab");
    one("#halaman").draggable = false;
    zoomed.addEventListener("mousedown", (event) => {
      event.preventDefault(); // the keys keep turning pages; only who goes there by Tab scrolls with them
      document.activeElement.blur();
    });
    let from = null;
    zoomed.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "mouse" || event.button) return;
      from = { x: event.clientX + zoomed.scrollLeft, y: event.clientY + zoomed.scrollTop };
      zoomed.setPointerCapture(event.pointerId);
      zoomed.classList.add("grabbing");
    });
    zoomed.addEventListener("pointermove", (event) => {
      if (!from) return;
      zoomed.scrollLeft = from.x - event.clientX;
      zoomed.scrollTop = from.y - event.clientY;
    });
    for (const end of ["pointerup", "pointercancel"]) {
      zoomed.addEventListener(end, () => {
        from = null;
        zoomed.classList.remove("grabbing");
      });
    }
  }

  // Pictures that could not be drawn at once are asked for again a few times; then words stand in their place.
  const retry = (image, tries) => {
    const source = image.currentSrc || image.src;
    if (tries < 4) {
      setTimeout(() => {
        image.removeAttribute("srcset");
        image.src = `${source.split("#")[0]}#${tries}`;
      }, 2000 * (tries + 1));
      image.addEventListener("error", () => retry(image, tries + 1), { once: true });
    } else if (image.dataset.failed) {
      const told = document.createElement("p");
      told.className = "failed";
      told.textContent = image.dataset.failed;
      image.replaceWith(told);
    }
  };
  for (const image of all(".sheet img, .smallpages img")) {
    if (image.complete && image.currentSrc && !image.naturalWidth) retry(image, 0);
    else image.addEventListener("error", () => retry(image, 0), { once: true });
  }
  const picture = one("#halaman");
  const fetchNext = () => {
    const next = picture.dataset.next;
    if (!next || navigator.connection?.saveData) return;
    const dpi = new URL(picture.currentSrc).searchParams.get("dpi");
    new Image().src = next.replace(/dpi=\d+/, `dpi=${dpi}`);
  };
  if (picture.complete && picture.naturalWidth) fetchNext();
  else picture.addEventListener("load", fetchNext, { once: true });

  // What was folded open stays open on the next page.
  if (matchMedia("(max-width: 64rem)").matches) for (const part of all(".contents details")) part.open = false;
  for (const part of all("details[data-open]")) {
    const was = remembered(part.dataset.open);
    if (was) part.open = was === "ya";
    part.addEventListener("toggle", () => remember(part.dataset.open, part.open ? "ya" : "tidak"));
  }
  const contents = one(".contents");
  const shown = (selector) => all(selector).filter((element) => element.checkVisibility());
  const here = shown(".contents .here").pop() || shown(".smallpages [aria-current]").pop(); // the innermost part, not its chapter
  if (here && contents.scrollHeight > contents.clientHeight) contents.scrollTop = here.offsetTop - contents.clientHeight / 2;
  if (current) bring();

  const button = one("#salin");
  const citation = one("#kutipan");
  button.hidden = false;
  button.addEventListener("click", () => {
    citation.select();
    document.execCommand("copy"); // the clipboard API is absent on plain http
    button.textContent = button.dataset.done;
  });
})();
