/**
 * The page's document as its prototype has it. Elements that a page names `body` or `querySelectorAll` stand in front
 * of what the document has of that name, in a content script's world too.
 */
export const doc: Document = new Proxy({} as Document, {
  get(_, name) {
    const value: unknown = Reflect.get(Document.prototype, name, document);
    return typeof value === 'function' ? (value.bind(document) as unknown) : value;
  },
  set: (_, name, value) => Reflect.set(Document.prototype, name, value, document),
});
