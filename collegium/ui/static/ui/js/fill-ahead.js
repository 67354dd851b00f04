// A field with suggestions that are written into it: a person's handle, the name of an organisation.
customElements.whenDefined("type-ahead").then((TypeAhead) => {
  customElements.define("fill-ahead", class extends TypeAhead {
    choose(option) {
      this.field.value = option.dataset.insert ?? option.dataset.name ?? option.textContent.trim();
      this.field.focus();
    }
  });
});
