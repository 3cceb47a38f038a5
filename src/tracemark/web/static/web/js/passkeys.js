// Passkeys: `data-passkey` says what a form does (create, get, or sign-in, which asks its address for the options), and
// `data-options` holds what the node asks of the browser. What the browser answers goes back in the field `credential`.
const bytesOf = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
const textOf = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const named = (list) => list?.map((each) => ({ ...each, id: bytesOf(each.id) }));

function asked(options) {
  const read = { ...options.publicKey, challenge: bytesOf(options.publicKey.challenge) };
  if (read.user) {
    read.user = { ...read.user, id: bytesOf(read.user.id) };
  }
  read.allowCredentials = named(read.allowCredentials);
  read.excludeCredentials = named(read.excludeCredentials);
  return read;
}

function answered(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) {
      response[name] = textOf(credential.response[name]);
    }
  }
  return {
    id: credential.id,
    rawId: textOf(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

async function create(form) {
  const publicKey = asked(JSON.parse(form.dataset.options));
  const selection = { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true };
  return navigator.credentials.create({ publicKey: { ...publicKey, authenticatorSelection: selection } });
}

async function get(form) {
  return navigator.credentials.get({ publicKey: asked(JSON.parse(form.dataset.options)) });
}

async function signIn(form) {
  const answer = await fetch(form.action, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  return navigator.credentials.get({ publicKey: asked((await answer.json()).request_options) });
}

const ways = { create, get, "sign-in": signIn };

for (const form of document.querySelectorAll("[data-passkey]")) {
  const trouble = (name) => form.querySelector(`[data-passkey-${name}]`);
  form.hidden = false;
  trouble("absent").hidden = Boolean(window.PublicKeyCredential);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble("failed").hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(answered(await ways[form.dataset.passkey](form)));
    } catch {
      trouble("failed").hidden = false;
      return;
    }
    form.submit();
  });
}
