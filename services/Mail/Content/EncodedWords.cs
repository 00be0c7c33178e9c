namespace Integration.Mail.Content;

/// <summary>Text beyond ASCII in a header (RFC 2047): words of base64 that are cut between characters, never within one.</summary>
internal static class EncodedWords
{
    private const string Begin = "=?utf-8?B?";
    private const string End = "?=";

    // 75 for a word with its frame; 45 bytes are 60 characters of base64.
    private const int Bytes = 45;

    public static IEnumerable<string> Of(string text)
    {
        var word = new List<byte>(Bytes);
        var utf8 = new byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(utf8);
            if (word.Count + length > Bytes)
            {
                yield return Frame(word);
                word.Clear();
            }

            word.AddRange(utf8.AsSpan(0, length));
        }

        if (word.Count > 0)
            yield return Frame(word);
    }

    private static string Frame(List<byte> word) => Begin + Convert.ToBase64String([.. word]) + End;
}
