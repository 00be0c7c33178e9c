using Integration.ProcessCore.Feel.Functions;
using Integration.ProcessCore.Feel.Nodes;
using Integration.ProcessCore.Feel.Values;

namespace Integration.ProcessCore.Feel.Syntax;

internal sealed partial class Parser
{
    // Names of several words, e.g. "string length", the longest first.
    private static readonly string[][] _namesOfWords =
    [
        .. Builtins
            .Names.Select(name => name.Split(' '))
            .Where(words => words.Length > 1)
            .OrderByDescending(words => words.Length),
    ];

    private FunctionNode ParseFunction()
    {
        Take();
        ExpectSymbol("(", "after 'function'");
        return _names.Inside(() =>
        {
            var parameters = Next.IsSymbol(")") ? [] : Separated(ParseParameter);
            ExpectSymbol(")", "after the parameters");
            if (Next.IsWord("external"))
                throw Fail("External functions are not supported; call the code as an operation of a service task.");
            return new FunctionNode(parameters, ParseExpression());
        });
    }

    private Parameter ParseParameter()
    {
        var name = ExpectName("the name of a parameter");
        _names.Bind(name);
        return new Parameter(name, TakeSymbol(":") ? ParseType() : null);
    }

    /// <summary>A call of a built-in function; null when the next words are no such call.</summary>
    private BuiltinNode? ParseBuiltinCall()
    {
        var begin = Next;
        var words = _namesOfWords.FirstOrDefault(IsCallOf)?.Length ?? Math.Max(1, UnreservedWords());
        if (!Peek(words).IsSymbol("(") || (words == 1 && _names.IsBound(begin.Text)))
            return null;
        var name = string.Join(' ', Enumerable.Range(0, words).Select(_ => Take().Text));
        Take();
        return Resolve(name, ParseArguments(), begin);
    }

    // Words in a row before a parenthesis can only be the name of a function, though perhaps of none that exists.
    private int UnreservedWords()
    {
        var count = 0;
        while (Peek(count) is { Kind: TokenKind.Word } word && !Keywords.IsReserved(word.Text))
            count++;
        return Peek(count).IsSymbol("(") ? count : 0;
    }

    private bool IsCallOf(string[] words) =>
        !words.Where((word, i) => !Peek(i).IsWord(word)).Any() && Peek(words.Length).IsSymbol("(");

    private BuiltinNode Resolve(string name, Arguments arguments, Token begin)
    {
        var signatures = Builtins.Find(name);
        if (signatures.Count == 0)
            throw Fail(
                $"There is no function '{name}'.{Suggestion(name) ?? " See docs/reference/feel.md for those there are."}",
                begin
            );
        foreach (var signature in signatures)
        {
            if (
                signature.IsVariadic
                && arguments.Names is null
                && arguments.Values.Count >= Math.Max(1, signature.Parameters.Count - 1)
            )
                return new BuiltinNode(signature, arguments.Values);
            if (arguments.InOrderOf(signature.Parameters) is not { } values)
                continue;
            CheckPattern(signature, values, begin);
            return new BuiltinNode(signature, values, areNamed: arguments.Names is not null);
        }
        throw Fail($"The arguments do not fit the function. Call it as {string.Join(" or ", signatures)}.", begin);
    }

    /// <summary>A pattern that stands in the expression is right or wrong already now.</summary>
    private void CheckPattern(Builtin signature, IReadOnlyList<Node> values, Token begin)
    {
        var index = signature.PatternParameter;
        if (isStored || index < 0 || values[index] is not LiteralNode { Value: FeelString pattern })
            return;
        var flags =
            signature.Parameters[^1] == "flags" && values[^1] is LiteralNode { Value: FeelString given }
                ? given.Value
                : "";
        if (Pattern.Problem(pattern.Value, flags) is { } problem)
            throw Fail($"The pattern of {signature.Name}() cannot be used. {problem}", begin);
    }

    private static string? Suggestion(string name)
    {
        var (nearest, distance) = Builtins
            .Names.Select(known => (known, distance: EditDistance.Between(name, known)))
            .MinBy(other => other.distance);
        return distance <= (name.Length + 1) / 3 ? $" Did you mean '{nearest}'?" : null;
    }

    /// <summary>The arguments up to the closing parenthesis; the opening one is read already.</summary>
    private Arguments ParseArguments()
    {
        if (TakeSymbol(")"))
            return new Arguments([], Names: null);
        var names = ArgumentName() is null ? null : new List<string>();
        var values = Separated(() => ParseArgument(names));
        ExpectSymbol(")", "after the arguments");
        return new Arguments(values, names);
    }

    private Node ParseArgument(List<string>? names)
    {
        if (ArgumentName() is { } name)
        {
            if (names is null)
                throw Fail("Arguments are given either all by name or all by position.");
            if (names.Contains(name))
                throw Fail($"The argument '{name}' is given twice.");
            names.Add(name);
            _next += name.Count(character => character == ' ') + 2;
        }
        else if (names is not null)
        {
            throw Fail("Arguments are given either all by name or all by position.");
        }
        return ParseEnclosed();
    }

    /// <summary>The words before a colon, e.g. <c>start position:</c>; null when an argument has no name.</summary>
    private string? ArgumentName()
    {
        var words = 0;
        while (Peek(words).Kind is TokenKind.Word)
            words++;
        return words > 0 && Peek(words).IsSymbol(":")
            ? string.Join(' ', Enumerable.Range(0, words).Select(i => Peek(i).Text))
            : null;
    }
}
