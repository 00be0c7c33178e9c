namespace Integration.ProcessCore.Feel.Syntax;

internal sealed partial class Parser
{
    private static readonly string[][] _typesOfWords =
    [
        .. SimpleType.Names.Select(name => name.Split(' ')).OrderByDescending(words => words.Length),
    ];

    private TypeReference ParseType()
    {
        if (++_nesting > FeelLimits.Nesting)
            throw Fail($"The type is nested more than {FeelLimits.Nesting} deep.");
        var type = ParseTypeArguments(ParseTypeName());
        _nesting--;
        return type;
    }

    private string ParseTypeName()
    {
        foreach (var words in _typesOfWords)
        {
            if (words.Where((word, i) => !Peek(i).IsWord(word)).Any())
                continue;
            _next += words.Length;
            return string.Join(' ', words);
        }
        throw Fail(
            $"Expected a type, found {Next}. The types are {string.Join(", ", SimpleType.Names.Order(StringComparer.Ordinal))}."
        );
    }

    private TypeReference ParseTypeArguments(string name)
    {
        if (!Next.IsSymbol("<") || name is not ("list" or "range" or "context" or "function"))
            return new SimpleType(name);
        if (name == "function")
            throw Fail("The types of a function's parameters cannot be tested; write 'function'.");
        Take();
        TypeReference type = name switch
        {
            "list" => new ListType(ParseType()),
            "range" => new RangeType(ParseType()),
            _ => new ContextType(Separated(ParseEntryType)),
        };
        ExpectSymbol(">", "after the types");
        return type;
    }

    private KeyValuePair<string, TypeReference> ParseEntryType()
    {
        var name = ExpectName("the name of an entry");
        ExpectSymbol(":", "after the name of the entry");
        return KeyValuePair.Create(name, ParseType());
    }
}
