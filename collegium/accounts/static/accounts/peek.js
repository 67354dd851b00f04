// A password is typed once; whoever wants to see it while typing may.
for (const input of document.querySelectorAll('input[type="password"]')) {
  const frame = document.createElement("span");
  frame.className = "peek";
  const focused = document.activeElement === input;
  input.replaceWith(frame);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "peek-button";
  button.setAttribute("aria-pressed", "false");
  const source = document.querySelector("[data-peek-label]");
  button.setAttribute("aria-label", source?.dataset.peekLabel ?? "");
  button.title = source?.dataset.peekLabel ?? "";
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("class", "icon");
  picture.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  picture.append(use);
  button.append(picture);
  frame.append(input, button);
  const draw = (open) => use.setAttribute("href", open ? source.dataset.peekOpen : source.dataset.peekShut);
  draw(false);
  button.addEventListener("click", () => {
    const open = input.type === "password";
    input.type = open ? "text" : "password";
    button.setAttribute("aria-pressed", String(open));
    draw(open);
    input.focus();
  });
  // A password manager and the browser must meet a password field when the form is sent.
  input.form?.addEventListener("submit", () => { input.type = "password"; });
  if (focused) input.focus();
}
