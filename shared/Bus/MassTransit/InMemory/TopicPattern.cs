namespace Integration.Bus.MassTransit.InMemory;

/// <summary>A topic pattern: words between dots, <c>*</c> for exactly one, <c>#</c> for any number of them.</summary>
internal sealed record TopicPattern(string Pattern)
{
    private readonly string[] _words = Pattern.Split('.');

    public bool Matches(string routingKey) => Matches(_words, routingKey.Split('.'));

    /// <summary>By the text, not by the words it was split into.</summary>
    public bool Equals(TopicPattern? other) => other is not null && Pattern == other.Pattern;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Pattern);

    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> key)
    {
        if (pattern.IsEmpty)
            return key.IsEmpty;
        if (pattern[0] == "#")
            return Matches(pattern[1..], key) || (!key.IsEmpty && Matches(pattern, key[1..]));
        return !key.IsEmpty && (pattern[0] == "*" || pattern[0] == key[0]) && Matches(pattern[1..], key[1..]);
    }
}
