// Checking by keyboard alone. Without this file the form works as any other: Enter in a field saves everything.
(() => {
  const form = document.getElementById("periksa");
  const rows = [...form.querySelectorAll("[data-doubtful]")];
  const input = (row) => row.querySelector("input:not([type=checkbox]), select");
  const notPrinted = (row) => row.querySelector("[name=tidak-ada]");
  const isSaid = (row) => input(row).value.trim() !== "" || notPrinted(row).checked;
  form.querySelector(".keys").hidden = false;

  const look = (element) => {
    element.focus();
    if (element.select) element.select();
    element.closest(".checked")?.scrollIntoView({ block: "nearest" });
  };
  const onward = (row) => {
    if (!isSaid(row)) {
      notPrinted(row).focus();
      return;
    }
    row.classList.add("settled");
    const next = rows.find((other) => !other.classList.contains("settled"));
    if (next) look(input(next));
    else form.requestSubmit();
  };
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.altKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    const row = event.target.closest("[data-doubtful]");
    if (event.key === "Enter" && row) {
      event.preventDefault();
      onward(row);
    }
  });
  form.addEventListener("input", (event) => event.target.closest("[data-doubtful]")?.classList.remove("settled"));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !form.dataset.skip) return;
    const typed = document.activeElement?.form === form ? document.activeElement : null;
    if (typed && "defaultValue" in typed && typed.value !== typed.defaultValue) typed.value = typed.defaultValue;
    else location.href = form.dataset.skip;
  });
  const wrong = form.querySelector("[aria-invalid=true], [name=pindah]");
  if (wrong) look(wrong);
  else if (rows.length) look(input(rows[0]));
})();
