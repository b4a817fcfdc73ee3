/** Two conditions on one attribute whose common values have no form of their own. */
export class NoCommonForm extends Error {
  readonly attribute: string;
  constructor(attribute: string) {
    super(`two different patterns on ${attribute} overlap`);
    this.attribute = attribute;
  }
}
