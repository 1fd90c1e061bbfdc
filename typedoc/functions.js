/**
 * TypeDoc plugin: the public functions are constants whose type is a function's, and TypeDoc shows such a constant as a
 * function, with parameters and result, only if its comment has the tag `@function`. This adds the tag to all of them.
 */
import { Context, ReflectionKind } from 'typedoc';

export function load() {
  const { getComment } = Context.prototype;
  Context.prototype.getComment = function (symbol, kind) {
    const comment = getComment.call(this, symbol, kind);
    const isFunction = () => this.checker.getTypeOfSymbol(symbol).getCallSignatures().length > 0;
    if (comment && kind === ReflectionKind.Variable && isFunction()) comment.modifierTags.add('@function');
    return comment;
  };
}
