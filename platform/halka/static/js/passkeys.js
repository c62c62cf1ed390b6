// Passkeys: asks the device, puts its answer into the form and sends it. Forms with data-passkey show only here.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const withBytes = (keys) => keys?.map((key) => ({ ...key, id: bytes(key.id) }));

const answer = (credential) => {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(
      parts.filter((part) => response[part]).map((part) => [part, text(response[part])]),
    ),
  };
};

const make = ({ publicKey }, alone) => navigator.credentials.create({
  publicKey: {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    user: { ...publicKey.user, id: bytes(publicKey.user.id) },
    excludeCredentials: withBytes(publicKey.excludeCredentials),
    authenticatorSelection: {
      ...publicKey.authenticatorSelection,
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      ...(alone && { userVerification: "required" }),
    },
  },
});

const ask = ({ publicKey }) => navigator.credentials.get({
  publicKey: {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    allowCredentials: withBytes(publicKey.allowCredentials),
  },
});

const given = () => JSON.parse(document.getElementById("passkey-options").textContent);
const fetched = async (form) => {
  const response = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
};

const collect = async (form) => {
  switch (form.dataset.passkey) {
    case "add": return make(given().creation_options, form.elements.passwordless.checked);
    case "sign-in": return ask((await fetched(form)).request_options);
    default: return ask(given().request_options);
  }
};

const answered = new WeakSet();

for (const form of window.PublicKeyCredential ? document.querySelectorAll("[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (answered.has(form)) return;
    event.preventDefault();
    event.stopPropagation();
    const trouble = form.querySelector("[data-passkey-trouble]");
    trouble.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(answer(await collect(form)));
      answered.add(form);
      form.requestSubmit();
    } catch {
      trouble.textContent = form.dataset.trouble;
      trouble.hidden = false;
    }
  });
}
