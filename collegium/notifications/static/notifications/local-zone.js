// The server does not know the reader's time zone; her browser does. What she chose once stays.
class LocalZone extends HTMLElement {
  connectedCallback() {
    const choice = this.querySelector("select");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
    if ("unknown" in this.dataset && choice && [...choice.options].some((each) => each.value === zone)) choice.value = zone;
  }
}

customElements.define("local-zone", LocalZone);
