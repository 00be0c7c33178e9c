using Integration.Contracts;

namespace Integration.Mail.Send;

/// <summary>An image that the HTML shows.</summary>
/// <param name="File">Where it is.</param>
/// <param name="ContentId">Letters, digits, dots, hyphens and underscores; the HTML refers to it with <c>cid:</c> before it.</param>
/// <param name="ContentType">E.g. <c>image/png</c>. The default is the reference's.</param>
public sealed record InlineImage(FileReference File, string ContentId, string? ContentType = null);
