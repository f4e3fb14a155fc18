/**
 * The page's document, with the properties of its prototype. Elements that a page names `body` or `querySelectorAll` hide
 * the document's own properties, in a content script's world too.
 */
export const pageDocument: Document = new Proxy({} as Document, {
  get(_, name) {
    const value: unknown = Reflect.get(Document.prototype, name, document);
    return typeof value === 'function' ? (value.bind(document) as unknown) : value;
  },
  set: (_, name, value) => Reflect.set(Document.prototype, name, value, document),
});
