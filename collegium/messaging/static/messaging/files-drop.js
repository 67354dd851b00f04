// Files that are dropped on a conversation, pictures that are pasted where one writes, and files of a message that was refused.
function filesOf(place) { return place?.closest?.("talk-one")?.querySelector("talk-files"); }

function carries(event) { return event.dataTransfer?.types.includes("Files") && filesOf(event.target); }

function over(talk) {
  document.querySelectorAll(".chat-over").forEach((each) => each.classList.toggle("chat-over", each === talk));
  talk?.classList.add("chat-over");
}

document.addEventListener("dragover", (event) => {
  const files = carries(event);
  if (files) event.preventDefault();
  over(files ? files.closest("talk-one") : null);
});

document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) over(null); });

document.addEventListener("drop", (event) => {
  const files = carries(event);
  over(null);
  if (!files) return;
  event.preventDefault();
  files.add([...event.dataTransfer.files]);
});

// Writing programs put a picture of the words beside the words.
document.addEventListener("paste", (event) => {
  const pasted = [...(event.clipboardData?.files ?? [])];
  const files = pasted.length && !event.clipboardData.types.includes("text/plain") && event.target.closest?.("form[data-write]") && filesOf(event.target);
  if (!files) return;
  event.preventDefault();
  files.add(pasted);
});

// A refused message that is to be changed gives its files back before it goes.
document.addEventListener("click", (event) => {
  const key = event.target.closest?.("[data-edit]")?.closest("[data-key]")?.dataset.key;
  const entry = key && document.querySelector("talk-outbox").entries.find((each) => each.key === key);
  const files = entry && filesOf(event.target);
  if (!files) return;
  const given = (wanted) => entry.fields.filter(([name]) => name === wanted).map(([, value]) => value);
  const names = given("named");
  given("files").forEach((each, at) => files.bring({ key: each, name: names[at] ?? "", face: "" }));
}, true);
