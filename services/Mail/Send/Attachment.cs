using Integration.Contracts;

namespace Integration.Mail.Send;

/// <summary>A file that goes with the mail.</summary>
/// <param name="File">The content, as other operations return it.</param>
/// <param name="Name">As the receiver sees it. The default value is the reference's name, or the last part of its key.</param>
/// <param name="ContentType">E.g. <c>application/pdf</c> or <c>text/calendar; method=REQUEST</c>. The default value is the reference's, or <c>application/octet-stream</c>.</param>
public sealed record Attachment(FileReference File, string? Name = null, string? ContentType = null);
