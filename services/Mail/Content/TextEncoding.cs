using System.Globalization;
using System.Text;

namespace Integration.Mail.Content;

/// <summary>A text as lines of ASCII that no server on the way needs to change.</summary>
/// <param name="Name">Content-Transfer-Encoding.</param>
/// <param name="Bytes">The text and one line end more, which in a message of several parts belongs to what follows.</param>
internal sealed record TextEncoding(string Name, byte[] Bytes)
{
    private const int LongestLine = 76;

    public static TextEncoding Of(string text)
    {
        // CRLF is the only line end that mail knows.
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        if (lines.All(line => line.Length <= LongestLine && line.All(one => one is >= ' ' and <= '~' or '\t')))
            return new TextEncoding("7bit", Encoding.ASCII.GetBytes(string.Join("\r\n", lines) + "\r\n"));

        var utf8 = Encoding.UTF8.GetBytes(string.Join("\r\n", lines));
        // A byte beyond ASCII costs three characters here, and four thirds there.
        return utf8.Count(one => one > '~') * 5 > utf8.Length
            ? new TextEncoding("base64", Base64(utf8))
            : new TextEncoding("quoted-printable", Encoding.ASCII.GetBytes(QuotedPrintable(lines)));
    }

    private static byte[] Base64(byte[] utf8) =>
        Encoding.ASCII.GetBytes(Convert.ToBase64String(utf8, Base64FormattingOptions.InsertLineBreaks) + "\r\n");

    // RFC 2045, 6.7.
    private static string QuotedPrintable(string[] lines)
    {
        var text = new StringBuilder();
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
                text.Append("\r\n");
            Append(text, Encoding.UTF8.GetBytes(lines[i]));
        }

        return text.Append("\r\n").ToString();
    }

    private static void Append(StringBuilder text, byte[] line)
    {
        var length = 0;
        for (var i = 0; i < line.Length; i++)
        {
            var last = i == line.Length - 1;
            var plain = line[i] is (>= (byte)'!' and <= (byte)'~' and not (byte)'=') || (IsSpace(line[i]) && !last);
            var width = plain ? 1 : 3;
            // One column is kept for the mark of a soft line end.
            if (length + width > LongestLine - 1)
            {
                text.Append("=\r\n");
                length = 0;
            }

            if (plain)
                text.Append((char)line[i]);
            else
                text.Append('=').Append(line[i].ToString("X2", CultureInfo.InvariantCulture));
            length += width;
        }
    }

    private static bool IsSpace(byte one) => one is (byte)' ' or (byte)'\t';
}
