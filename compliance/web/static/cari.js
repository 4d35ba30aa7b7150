// Suggestions under the search field, as a combobox with a list; without this script it is a plain field.
(() => {
  const field = document.querySelector("#q[data-saran]");
  if (!field) return;
  const list = document.createElement("ul");
  const told = document.createElement("span");
  let chosen = -1, asked = 0, timer = 0, typed = field.value;
  list.id = "daftar-saran";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.saranNama);
  list.hidden = true;
  told.className = "visually-hidden";
  told.setAttribute("role", "status");
  for (const [name, value] of Object.entries({
    role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) field.setAttribute(name, value);
  field.after(list, told);

  const close = () => {
    list.hidden = true;
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const mark = (at) => {
    const options = [...list.children];
    chosen = at;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    field.value = at < 0 ? typed : options[at].dataset.teks;
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", options[at].id);
  };
  const option = (one, at) => {
    const item = document.createElement("li");
    const text = document.createElement("span");
    const about = document.createElement("span");
    item.id = `saran-${at}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.teks = one.teks;
    text.textContent = one.teks;
    about.className = "hint";
    about.textContent = [one.jenis, one.tentang].filter(Boolean).join(" · ");
    item.append(text, " ", about);
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      field.value = one.teks;
      close();
      field.form.requestSubmit();
    });
    return item;
  };
  const look = async () => {
    const mine = ++asked;
    typed = field.value;
    if (typed.trim().length < 2) return close();
    let found;
    try {
      const answer = await fetch(`${field.dataset.saran}?q=${encodeURIComponent(typed)}`);
      if (!answer.ok) return close();
      found = (await answer.json()).saran;
    } catch {
      return close();
    }
    if (mine !== asked || document.activeElement !== field) return;
    list.replaceChildren(...found.map(option));
    chosen = -1;
    field.removeAttribute("aria-activedescendant");
    list.hidden = found.length === 0;
    field.setAttribute("aria-expanded", String(found.length > 0));
    told.textContent = found.length ? field.dataset.saranJumlah.replace("0", found.length) : "";
  };
  field.addEventListener("input", () => { clearTimeout(timer); asked++; timer = setTimeout(look, 150); });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); mark(-1); close(); }
    if (list.hidden || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    const count = list.children.length;
    mark(event.key === "ArrowDown" ? (chosen + 1 >= count ? -1 : chosen + 1) : chosen < 0 ? count - 1 : chosen - 1);
  });
})();
