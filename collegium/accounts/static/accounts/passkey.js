// Passkeys: the browser's own dialogue, and its answer into the hidden field of the form it belongs to.
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (list) => (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));

async function create({ publicKey }) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
      excludeCredentials: withBytes(publicKey.excludeCredentials),
      // Always one that can sign in by itself, after the device has checked who holds it.
      authenticatorSelection: {
        ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required",
      },
    },
  });
  return answer(made, ["clientDataJSON", "attestationObject"]);
}

async function get({ publicKey }) {
  const found = await navigator.credentials.get({
    publicKey: { ...publicKey, challenge: toBytes(publicKey.challenge), allowCredentials: withBytes(publicKey.allowCredentials) },
  });
  return answer(found, ["clientDataJSON", "authenticatorData", "signature", "userHandle"]);
}

function answer(credential, parts) {
  const response = {};
  for (const part of parts) if (credential.response[part]) response[part] = toText(credential.response[part]);
  return {
    id: credential.id, rawId: toText(credential.rawId), type: credential.type, response,
    clientExtensionResults: { credProps: credential.getClientExtensionResults().credProps },
  };
}

async function signIn(form) {
  const reply = await fetch(form.action, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!reply.ok) throw new Error(String(reply.status));
  return get((await reply.json()).request_options);
}

const ways = {
  "create": (form) => create(JSON.parse(form.dataset.options)),
  "get": (form) => get(JSON.parse(form.dataset.options)),
  "sign-in": signIn,
};

function say(note, error) {
  const words = { InvalidStateError: note.dataset.sayKnown, NotAllowedError: note.dataset.sayCancelled, AbortError: note.dataset.sayCancelled };
  note.textContent = words[error?.name] ?? note.dataset.sayFailed;
  note.hidden = false;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const note = form.querySelector("[data-passkey-note]");
  if (!globalThis.PublicKeyCredential || !isSecureContext) {
    note.textContent = note.dataset.sayMissing;
    note.className = "small";
    note.hidden = false;
    form.querySelector('button[type="submit"]').disabled = true;
    continue;
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    note.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await ways[form.dataset.passkey](form));
    } catch (error) {
      return say(note, error);
    }
    form.submit();
  });
}
