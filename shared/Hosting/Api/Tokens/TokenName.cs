namespace Integration.Hosting;

/// <summary>What a token may be called: it stands in histories, on the command line, and in names of settings.</summary>
internal static class TokenName
{
    /// <summary>Longest name in characters.</summary>
    public const int Longest = 100;

    /// <summary>What is wrong with a name, with the way out; null when nothing is.</summary>
    public static string? Wrong(string name) =>
        name.Length is > 0 and <= Longest
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
        && char.IsAsciiLetterOrDigit(name[0])
            ? null
            : $"'{name}' cannot be the name of a token. Use up to {Longest} letters, digits, '-', '_' and '.', a letter or digit first.";
}
