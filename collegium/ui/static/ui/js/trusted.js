// htmx writes HTML into the page; under Trusted Types it may do so only through this policy.
// The policy makes no script: a fragment that carries one is refused, and so is anything that needs eval.
(() => {
  const policy = globalThis.trustedTypes?.createPolicy("collegium", { createHTML: (html) => html });
  const refuse = () => { throw new Error("A fragment may not carry a script."); };
  const safe = { createHTML: (html) => (policy ? policy.createHTML(html) : html), createScript: refuse };
  htmx.registerExtension("trusted", { init: (api) => api.initSecurity(safe) });
})();
