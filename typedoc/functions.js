/**
 * TypeDoc plugin for what it does not know of the public functions. They are constants whose type is a function's, and it shows
 * such a constant as a function, with parameters and result, only if its comment has the tag `@function`, which this adds to
 * all of them. And comments link to functions of other entries by their name alone, as editors show it.
 */
import { Context, ReflectionKind } from 'typedoc';

export function load({ converter }) {
  const { getComment } = Context.prototype;
  Context.prototype.getComment = function (symbol, kind) {
    const comment = getComment.call(this, symbol, kind);
    const isFunction = () => this.checker.getTypeOfSymbol(symbol).getCallSignatures().length > 0;
    if (comment && kind === ReflectionKind.Variable && isFunction()) comment.modifierTags.add('@function');
    return comment;
  };

  converter.addUnknownSymbolResolver(({ symbolReference }, { project }) => {
    const [{ path: name } = {}] = symbolReference?.path ?? [];
    const target = project.getReflectionsByKind(ReflectionKind.Function).find((reflection) => reflection.name === name);
    return target && { target };
  });
}
