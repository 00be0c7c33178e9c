namespace Integration.Mail.Content;

/// <summary>A file that goes with a mail.</summary>
/// <param name="Name">As the receiver sees it; null for none.</param>
/// <param name="MediaType">E.g. <c>application/pdf</c>.</param>
/// <param name="ContentId">By which HTML refers to it; null for an attachment.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Open">Opens it.</param>
internal sealed record MailFile(
    string? Name,
    string MediaType,
    string? ContentId,
    long Size,
    Func<CancellationToken, Task<Stream>> Open
)
{
    public MimePart ToPart()
    {
        var headers = new List<(string, string)>
        {
            ("Content-Type", MediaType),
            ("Content-Transfer-Encoding", "base64"),
            ("Content-Disposition", (ContentId is null ? "attachment" : "inline") + FileName()),
        };
        if (ContentId is not null)
            headers.Add(("Content-ID", $"<{ContentId}>"));
        return new MimePart(headers, [new FileSegment(Size, Open)]);
    }

    // RFC 2231: names beyond plain ASCII are percent-encoded and say their character set.
    private string FileName() =>
        Name is null ? ""
        : Name.All(one => char.IsAsciiLetterOrDigit(one) || "-_. ".Contains(one)) ? $";\r\n filename=\"{Name}\""
        : $";\r\n filename*=utf-8''{Uri.EscapeDataString(Name)}";
}
