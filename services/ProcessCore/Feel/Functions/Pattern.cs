using System.Text;
using System.Text.RegularExpressions;
using Integration.ProcessCore.Feel.Runtime;

namespace Integration.ProcessCore.Feel.Functions;

/// <summary>Regular expressions and their replacements, from the notation of XPath to that of .NET.</summary>
internal static class Pattern
{
    /// <summary>The expression; null and a warning when it is not valid.</summary>
    public static Regex? Read(string pattern, string flags, Evaluation evaluation)
    {
        if (Options(flags) is not { } options)
        {
            evaluation.Null($"The flags '{flags}' are not known; they are s, m, i and x.");
            return null;
        }
        try
        {
            return new Regex(pattern, options, FeelLimits.RegexTime);
        }
        catch (ArgumentException exception)
        {
            evaluation.Null($"'{pattern}' is no regular expression: {exception.Message}");
            return null;
        }
    }

    /// <summary>A replacement in which <c>\$</c> is a dollar and <c>$1</c> the first group.</summary>
    public static string Replacement(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var escaped = text[i] == '\\' && i + 1 < text.Length;
            if (escaped)
                i++;
            result.Append(escaped && text[i] == '$' ? "$$" : text[i].ToString());
        }
        return result.ToString();
    }

    private static RegexOptions? Options(string flags)
    {
        var options = RegexOptions.CultureInvariant;
        foreach (var flag in flags)
        {
            switch (flag)
            {
                case 's':
                    options |= RegexOptions.Singleline;
                    break;
                case 'm':
                    options |= RegexOptions.Multiline;
                    break;
                case 'i':
                    options |= RegexOptions.IgnoreCase;
                    break;
                case 'x':
                    options |= RegexOptions.IgnorePatternWhitespace;
                    break;
                default:
                    return null;
            }
        }
        return options;
    }
}
