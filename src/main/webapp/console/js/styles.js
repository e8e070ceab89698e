/**
 * Lets the terminal's library style itself under a content security policy without inline styles.
 * It writes style sheets into style elements, and colours that are of no palette into style
 * attributes; both are refused, though the same is allowed by the object model. So from here on it
 * does get by the object model what it asks for by markup.
 */

const createElement = document.createElement.bind(document);

document.createElement = (tag, options) => (tag === "style" ? styleSheet() : createElement(tag, options));

HTMLSpanElement.prototype.setAttribute = function setAttribute(name, value) {
  if (name === "style") {
    this.style.cssText = value;
  } else {
    Element.prototype.setAttribute.call(this, name, value);
  }
};

/** Stands where a style element is wanted; what is written into it becomes a sheet of the document. */
function styleSheet() {
  const sheet = new CSSStyleSheet();
  const place = createElement("template");
  const remove = place.remove.bind(place);
  document.adoptedStyleSheets.push(sheet);
  Object.defineProperty(place, "textContent", { set: (text) => sheet.replaceSync(text), get: () => "" });
  place.remove = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    remove();
  };
  return place;
}
