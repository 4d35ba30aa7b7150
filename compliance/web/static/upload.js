// Sends the chosen or dropped files one request each, two at a time, and follows each until it is read. Without it the form sends them all.
(() => {
  const form = document.getElementById("unggah");
  const template = document.getElementById("baris");
  if (!form || !template) return;
  const input = form.querySelector("input[type=file]");
  const words = document.getElementById("kalimat").dataset;
  const list = document.querySelector("#kiriman tbody");
  const summary = document.getElementById("ringkasan");
  const retryAll = document.getElementById("ulangi");
  const MOST_AT_ONCE = 2, LOOK = 1500, MOST_ASKED = 400;
  const lines = [];
  let sending = 0;

  for (const part of form.querySelectorAll(".without-script")) part.hidden = true;
  for (const part of form.querySelectorAll(".with-script")) part.hidden = false;
  input.required = false;

  class Line {
    constructor(name, file) {
      this.row = template.content.firstElementChild.cloneNode(true);
      [this.nameCell, this.stateCell, this.titleCell] = this.row.children;
      this.bar = this.row.querySelector("progress");
      this.wordsPlace = this.row.querySelector(".words");
      this.reasonPlace = this.row.querySelector(".reason");
      this.button = this.row.querySelector("button");
      this.nameCell.textContent = name;
      this.button.setAttribute("aria-label", `${this.button.textContent}: ${name}`);
      this.button.addEventListener("click", () => { this.wait(); pump(); });
      this.file = file;
      this.document = null;
      lines.push(this);
    }
    say(stage, text, reason = "", kind = "") {
      this.stage = stage; // waiting, sending, failed (may be sent again), reading, done, refused
      this.wordsPlace.textContent = text;
      this.wordsPlace.className = kind ? `words tag ${kind}` : "words";
      this.reasonPlace.textContent = reason;
      this.bar.hidden = stage !== "sending";
      this.button.hidden = stage !== "failed";
    }
    wait() { this.say("waiting", words.menunggu); }
  }

  const pump = () => {
    for (const line of lines) {
      if (sending >= MOST_AT_ONCE) break;
      if (line.stage === "waiting") send(line);
    }
    summarise();
  };

  const send = (line) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("csrf_token", form.elements.csrf_token.value);
    body.append("berkas", line.file, line.file.name);
    sending += 1;
    line.bar.value = 0;
    line.say("sending", words.kirim.replace("{n}", 0));
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      line.bar.value = event.loaded / event.total;
      line.say("sending", event.loaded < event.total ? words.kirim.replace("{n}", Math.floor(100 * event.loaded / event.total)) : words.simpan);
    });
    request.addEventListener("load", () => answered(line, request));
    request.addEventListener("error", () => line.say("failed", words.putus, words.sambungan, "bad"));
    request.addEventListener("loadend", () => { sending -= 1; pump(); });
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.send(body);
  };

  const answered = (line, request) => {
    const isJson = (request.getResponseHeader("Content-Type") || "").startsWith("application/json");
    if (request.status === 200 && isJson) return spread(line, JSON.parse(request.responseText).berkas);
    if (request.status === 413) return line.say("refused", words.ditolak, words.lebih, "bad");
    const signedOut = request.status === 200 || request.status === 400;
    return line.say("failed", words.putus, signedOut ? words.sesi : words.galat.replace("{n}", request.status), "bad");
  };

  // A ZIP's line becomes a line for each file in it.
  const spread = (line, outcomes) => {
    let last = line.row;
    outcomes.forEach((outcome, at) => {
      const own = at ? new Line(outcome.tempat, null) : line;
      if (at) last.after(own.row);
      last = own.row;
      take(own, outcome);
    });
  };

  const take = (line, outcome) => {
    line.document = outcome.dokumen;
    line.outcome = outcome;
    line.nameCell.textContent = outcome.tempat;
    if (outcome.alamat) {
      const link = document.createElement("a");
      link.href = outcome.alamat;
      link.textContent = outcome.tempat;
      line.nameCell.replaceChildren(link);
    }
    const isTaken = outcome.keadaan === "diterima" || outcome.keadaan === "sudah ada";
    if (isTaken) line.say("reading", outcome.kata);
    else line.say("refused", outcome.kata, outcome.alasan, outcome.keadaan === "dilewati" ? "" : "bad");
  };

  const follow = async () => {
    const open = lines.filter((line) => line.stage === "reading").slice(0, MOST_ASKED);
    if (open.length && !document.hidden) {
      try {
        const answer = await fetch(`${form.dataset.keadaan}?nomor=${open.map((line) => line.document).join(",")}`, { credentials: "same-origin" });
        if (answer.ok) {
          const states = await answer.json();
          for (const line of open) if (states[line.document]) show(line, states[line.document]);
          summarise();
        }
      } catch {
        // the server is away for a moment; the next turn asks again
      }
    }
    setTimeout(follow, LOOK);
  };

  const show = (line, state) => {
    const held = line.outcome.keadaan === "sudah ada" ? `${line.outcome.kata} · ` : "";
    const kind = { terbaca: "good", sebagian: "warn", gagal: "bad" }[state.keadaan] || "";
    const told = [state.kata, state.halaman].filter(Boolean).join(" · ");
    line.say(state.selesai ? "done" : "reading", held + (state.selesai ? told : state.kata), state.alasan, kind);
    line.needsLook = state.keadaan === "gagal" || state.ragu.length > 0;
    line.titleCell.replaceChildren(state.judul);
    line.titleCell.classList.toggle("none", !state.judul && !state.ragu.length);
    for (const doubt of state.ragu) {
      const flag = document.createElement("span");
      flag.className = "flag";
      flag.textContent = doubt;
      line.titleCell.append(" ", flag);
    }
  };

  const summarise = () => {
    const isOver = (line) => line.stage === "done" || line.stage === "refused";
    const open = lines.filter((line) => ["waiting", "sending", "failed"].includes(line.stage));
    const looks = lines.filter((line) => line.needsLook || line.stage === "failed" || (line.stage === "refused" && line.outcome?.keadaan !== "dilewati")).length;
    const told = [words.ringkasan.replace("{n}", lines.filter(isOver).length).replace("{total}", lines.length)];
    if (looks) told.push(words.perlu.replace("{n}", looks));
    if (lines.every(isOver)) told.push(words.tuntas);
    else if (!open.length) told.push(words.aman);
    if (summary.textContent !== told.join(" ")) summary.textContent = told.join(" ");
    retryAll.hidden = lines.filter((line) => line.stage === "failed").length < 2;
  };

  const add = (files) => {
    for (const file of files) {
      const line = new Line(file.name, file);
      list.append(line.row);
      if (file.size > Number(form.dataset.terbesar)) line.say("refused", words.ditolak, words.lebih, "bad");
      else line.wait();
    }
    document.getElementById("kiriman").hidden = !lines.length;
    pump();
  };

  const again = () => {
    for (const line of lines) if (line.stage === "failed") line.wait();
    pump();
  };

  // The files of dropped folders, as far as they are PDFs or ZIPs.
  const entriesOf = (reader) => new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
  const filesOf = async (entry, isInside) => {
    if (entry.isFile) {
      if (isInside && !/\.(pdf|zip)$/i.test(entry.name)) return [];
      return new Promise((resolve) => entry.file((file) => resolve([file]), () => resolve([])));
    }
    const reader = entry.createReader(), found = [];
    for (let batch = await entriesOf(reader); batch.length; batch = await entriesOf(reader)) {
      for (const inner of batch) found.push(...await filesOf(inner, true));
    }
    return found;
  };

  const carriesFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dropping");
  });
  document.addEventListener("drop", async (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    document.body.classList.remove("dropping");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const plain = [...event.dataTransfer.files];
    if (!entries.some((entry) => entry.isDirectory)) return add(plain);
    for (const entry of entries) add(await filesOf(entry, false));
  });
  input.addEventListener("change", () => { add([...input.files]); input.value = ""; });
  form.addEventListener("submit", (event) => event.preventDefault());
  retryAll.addEventListener("click", again);
  window.addEventListener("online", again);
  window.addEventListener("beforeunload", (event) => {
    if (lines.some((line) => line.stage === "sending" || line.stage === "waiting")) event.preventDefault();
  });
  setTimeout(follow, LOOK);
})();
