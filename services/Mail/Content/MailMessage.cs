using System.Text;
using MimeKit;
using MimeKit.IO;

namespace Integration.Mail.Content;

/// <summary>A message, ready to be written as often as needed.</summary>
internal sealed class MailMessage
{
    private static readonly FormatOptions _format = Format();

    private readonly MimeMessage _message;

    private MailMessage(string id, MimeMessage message, long size)
    {
        Id = id;
        _message = message;
        Size = size;
    }

    /// <summary>Message-ID, with its angle brackets.</summary>
    public string Id { get; }

    /// <summary>In bytes, as it is sent.</summary>
    public long Size { get; }

    /// <summary>Measures a message. Its files are not opened.</summary>
    public static async Task<MailMessage> MeasureAsync(string id, MimeMessage message)
    {
        FoldWithSpaces(message);
        using var measured = new MeasuringStream();
        await message.WriteToAsync(_format, measured, CancellationToken.None);
        var files = message.BodyParts.OfType<MimePart>().Select(part => part.Content).OfType<FileContent>();
        return new MailMessage(id, message, measured.Length + files.Sum(file => file.EncodedSize));
    }

    public Task WriteAsync(Stream output, CancellationToken cancellation) =>
        _message.WriteToAsync(_format, output, cancellation);

    // MimeKit folds with tabs here and there, and what was a space for the writer would be a tab for a reader.
    private static void FoldWithSpaces(MimeMessage message)
    {
        Fold(message.Headers);
        var entities = new MimeIterator(message);
        while (entities.MoveNext())
            Fold(entities.Current.Headers);
    }

    private static void Fold(HeaderList headers)
    {
        foreach (var header in headers.ToList())
        {
            var raw = Encoding.UTF8.GetString(header.RawValue);
            if (raw.Contains("\n\t", StringComparison.Ordinal))
                header.SetRawValue(Encoding.UTF8.GetBytes(raw.Replace("\n\t", "\n ", StringComparison.Ordinal)));
        }
    }

    private static FormatOptions Format()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.EnsureNewLine = true;
        return format;
    }
}
