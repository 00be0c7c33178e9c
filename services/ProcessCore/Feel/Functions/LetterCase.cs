using System.Buffers;
using System.Text;

namespace Integration.ProcessCore.Feel.Functions;

/// <summary>
/// Upper and lower case with what .NET leaves out: letters that become several (<c>ß</c>, <c>SS</c>), and the sigma at the end of a word.
/// </summary>
internal static class LetterCase
{
    // Unicode's SpecialCasing.txt, the unconditional ones of Latin, Greek and Armenian.
    private static readonly Dictionary<char, string> _upper = new()
    {
        ['ß'] = "SS",
        ['ŉ'] = "ʼN",
        ['ǰ'] = "J\u030C",
        ['ΐ'] = "\u0399\u0308\u0301",
        ['ΰ'] = "\u03A5\u0308\u0301",
        ['և'] = "\u0535\u0552",
        ['ẖ'] = "H\u0331",
        ['ẗ'] = "T\u0308",
        ['ẘ'] = "W\u030A",
        ['ẙ'] = "Y\u030A",
        ['ẚ'] = "A\u02BE",
        ['\uFB00'] = "FF",
        ['\uFB01'] = "FI",
        ['\uFB02'] = "FL",
        ['\uFB03'] = "FFI",
        ['\uFB04'] = "FFL",
        ['\uFB05'] = "ST",
        ['\uFB06'] = "ST",
    };

    private static readonly SearchValues<char> _special = SearchValues.Create([.. _upper.Keys]);

    public static string Upper(string text)
    {
        if (text.AsSpan().IndexOfAny(_special) < 0)
            return text.ToUpperInvariant();
        var result = new StringBuilder();
        foreach (var letter in text)
            result.Append(_upper.GetValueOrDefault(letter) ?? letter.ToString());
        return result.ToString().ToUpperInvariant();
    }

    public static string Lower(string text)
    {
        var lower = text.Replace("İ", "i\u0307", StringComparison.Ordinal).ToLowerInvariant();
        if (!text.Contains('Σ', StringComparison.Ordinal))
            return lower;
        // Only capitals are changed: of the sigmas in the text, those that end a word.
        var letters = lower.ToCharArray();
        for (var i = 0; i < letters.Length; i++)
        {
            var ends = i + 1 == letters.Length || !char.IsLetter(letters[i + 1]);
            if (
                letters[i] == 'σ'
                && letters.Length == text.Length
                && text[i] == 'Σ'
                && i > 0
                && char.IsLetter(letters[i - 1])
                && ends
            )
                letters[i] = 'ς';
        }
        return new string(letters);
    }
}
