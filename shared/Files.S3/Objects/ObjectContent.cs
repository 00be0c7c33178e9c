using Amazon.S3.Model;

namespace Integration.Files.S3;

/// <summary>An object that is being read.</summary>
/// <param name="Answer">What the store says about it.</param>
/// <param name="Content">Its bytes.</param>
public sealed record ObjectContent(GetObjectResponse Answer, Stream Content) : IDisposable
{
    /// <inheritdoc />
    public void Dispose()
    {
        Content.Dispose();
        Answer.Dispose();
    }
}
