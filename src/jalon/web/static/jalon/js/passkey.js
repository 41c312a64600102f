// Passkeys. A <form data-cle="creer|confirmer|entrer"> has a hidden field `credential` and a button that stays hidden
// where the device knows no passkey. `data-options` holds what the server asks; «entrer» fetches it from its own address.
// Every page has another way beside this one.
(() => {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (c) => c.charCodeAt(0));
  };
  const text = (buffer) => {
    let plain = "";
    for (const byte of new Uint8Array(buffer)) plain += String.fromCharCode(byte);
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const withIds = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  function toCreate({ publicKey }, alone) {
    const choice = { ...publicKey.authenticatorSelection };
    choice.residentKey = alone ? "required" : "discouraged";
    choice.requireResidentKey = alone;
    if (alone) choice.userVerification = "required";
    return {
      publicKey: {
        ...publicKey,
        challenge: bytes(publicKey.challenge),
        user: { ...publicKey.user, id: bytes(publicKey.user.id) },
        excludeCredentials: withIds(publicKey.excludeCredentials),
        authenticatorSelection: choice,
      },
    };
  }

  function toGet({ publicKey }) {
    return {
      publicKey: {
        ...publicKey,
        challenge: bytes(publicKey.challenge),
        allowCredentials: withIds(publicKey.allowCredentials),
      },
    };
  }

  function toJson(credential) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment || null,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    };
  }

  async function options(form) {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error("no options");
    return (await answer.json()).request_options;
  }

  async function ask(form) {
    const asked = await options(form);
    if (form.dataset.cle === "creer") {
      const alone = form.elements.namedItem("passwordless");
      return navigator.credentials.create(toCreate(asked, Boolean(alone?.checked)));
    }
    return navigator.credentials.get(toGet(asked));
  }

  function why(error) {
    if (error.name === "InvalidStateError") return "Cet appareil a déjà une clé pour votre espace.";
    if (error.name === "NotAllowedError") return "L’appareil n’a pas donné de clé : la demande a été fermée, ou il a trop attendu. Recommencez, ou choisissez un autre moyen.";
    if (error.name === "SecurityError") return "Une clé d’accès demande une adresse en https. Choisissez un autre moyen.";
    return "La clé n’a pas pu servir. Recommencez, ou choisissez un autre moyen.";
  }

  for (const form of document.querySelectorAll("form[data-cle]")) {
    const button = form.querySelector("button[data-cle-bouton]");
    const said = form.querySelector("[data-cle-dit]");
    if (!button) continue;
    button.hidden = false;
    for (const other of document.querySelectorAll("[data-sans-cle]")) other.hidden = true;
    button.addEventListener("click", async (event) => {
      event.preventDefault();
      said.textContent = "";
      button.disabled = true;
      try {
        form.elements.namedItem("credential").value = JSON.stringify(toJson(await ask(form)));
        form.submit();
      } catch (error) {
        said.textContent = why(error);
        button.disabled = false;
      }
    });
  }
})();
