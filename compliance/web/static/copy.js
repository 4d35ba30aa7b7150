// A button that copies the field it names. The fields can be selected and copied by hand without it.
(() => {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", () => {
      field.select();
      document.execCommand("copy"); // the clipboard API is absent on plain http
      button.textContent = button.dataset.done;
    });
  }
})();
