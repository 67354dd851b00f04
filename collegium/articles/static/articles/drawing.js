// The editor draws what is typed by writing HTML. Under Trusted Types it may do so only through this policy, which
// exists on this page alone and knows nothing but what the editor draws with: anything else is not drawn at all.
const PIECE = /<[^>]*>/g;
const ELEMENT = /^<\/?(?:div|span|h[1-3]|ul|ol|li|strong|em|del|code|pre|svg|path)(?: (?:class|width|height|viewBox|fill|d)="[\w\s.,#-]*")*\/?>$/;
const LINK = /^<a href="(?:https?:\/\/|mailto:|[/#])[^"<>]*">$/;
const STYLE = / style="[^"<>]*"/g;

// What is drawn of a link needs no address: it is read, not followed.
function drawn(html) {
  const plain = html.replace(PIECE, (tag) => tag.replace(STYLE, "").replace(/^<a href="[^"<>]*">$/, '<a href="#">'));
  const strange = plain.match(PIECE)?.find((tag) => tag !== "</a>" && !ELEMENT.test(tag) && !LINK.test(tag));
  if (strange) throw new TypeError(`The editor may not draw ${strange.slice(0, 40)}`);
  return plain;
}

globalThis.trustedTypes?.createPolicy("default", { createHTML: drawn });
