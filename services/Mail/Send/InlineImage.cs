using Integration.Contracts;

namespace Integration.Mail.Send;

/// <summary>An image that the HTML shows.</summary>
/// <param name="File">The content, as other operations return it.</param>
/// <param name="ContentId">Letters, digits, dots, hyphens and underscores; the HTML refers to it with <c>cid:</c> before it.</param>
/// <param name="ContentType">E.g. <c>image/png</c>. The default value is the reference's, or <c>application/octet-stream</c>.</param>
public sealed record InlineImage(FileReference File, string ContentId, string? ContentType = null);
