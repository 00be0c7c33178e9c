namespace Integration.Bus.InMemory;

/// <summary>Topic patterns: words between dots, <c>*</c> for exactly one, <c>#</c> for any number of them.</summary>
internal static class TopicPattern
{
    public static bool Matches(string pattern, string routingKey) => Matches(pattern.Split('.'), routingKey.Split('.'));

    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> key)
    {
        if (pattern.IsEmpty)
            return key.IsEmpty;
        if (pattern[0] == "#")
            return Matches(pattern[1..], key) || (!key.IsEmpty && Matches(pattern, key[1..]));
        return !key.IsEmpty && (pattern[0] == "*" || pattern[0] == key[0]) && Matches(pattern[1..], key[1..]);
    }
}
