using System.Globalization;
using Integration.Errors;

namespace Integration.Mail.Content;

/// <summary>
/// Guards everything that becomes part of a header or of a command. A line break there would begin another header, or
/// another command.
/// </summary>
internal static class HeaderText
{
    public static void Check(string value, string field)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsControl(value[i]) || value[i] is '\u2028' or '\u2029')
            {
                var code = ((int)value[i]).ToString("X4", CultureInfo.InvariantCulture);
                throw InvalidInput.At(
                    field,
                    $"has a line break or another control character (U+{code}) at position {i + 1}. Remove it."
                );
            }

            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
                i++;
            else if (char.IsSurrogate(value[i]))
                throw InvalidInput.At(field, $"has half a character at position {i + 1}. It is no valid Unicode.");
        }
    }
}
