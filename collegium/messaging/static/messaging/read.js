// Read is told only of what could be seen: the page in front, the words within the frame they are in.
const waiting = new WeakMap();

function number(scroll) {
  const edge = scroll.getBoundingClientRect().bottom;
  const line = [...scroll.querySelectorAll(".chat-list [data-n]")].reverse().find((each) => each.getBoundingClientRect().top < edge - 8);
  return Number(line?.dataset.n ?? 0);
}

async function tell(scroll) {
  const talk = scroll.closest("talk-one");
  if (!talk?.isConnected || document.hidden || !scroll.clientHeight) return;
  const seen = number(scroll);
  if (seen <= Number(talk.dataset.read) && talk.dataset.unread !== "1") return;
  const before = talk.dataset.read;
  // One's own words count as read where they are said.
  const theirs = [...scroll.querySelectorAll(".chat-list [data-n]:not(.msg-mine)")].some((line) => Number(line.dataset.n) > Number(before));
  if (!theirs && talk.dataset.unread !== "1") return Object.assign(talk.dataset, { read: seen });
  const headers = { "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers:inherited")) };
  const body = new URLSearchParams({ do: "read", number: seen });
  Object.assign(talk.dataset, { read: seen, unread: "" });
  const answer = await fetch(`${talk.dataset.path}place/`, { method: "POST", body, headers }).catch(() => null);
  if (!answer?.ok) talk.dataset.read = before;
}

document.addEventListener("talk:moved", (event) => {
  clearTimeout(waiting.get(event.target));
  waiting.set(event.target, setTimeout(tell, 350, event.target));
});
