// "@mi" in a text offers people, "#da" offers topics. Choosing one writes its handle.
customElements.whenDefined("type-ahead").then((TypeAhead) => {
  customElements.define("mention-box", class extends TypeAhead {
    get eager() { return true; }

    // The word under the caret, when it begins like a mention.
    query() {
      const before = this.field.value.slice(0, this.field.selectionStart);
      const word = before.match(/(?:^|[\s(])([@#][\p{L}\p{N}_-]{1,40})$/u)?.[1] ?? "";
      this.from = before.length - word.length;
      return word;
    }

    choose(option) {
      const end = this.field.selectionStart;
      this.field.setRangeText(`${option.dataset.insert} `, this.from, end, "end");
      this.field.dispatchEvent(new Event("input", { bubbles: true }));
      this.field.focus();
    }
  });
});
