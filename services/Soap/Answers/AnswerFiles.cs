using Integration.Contracts;
using Integration.Files;
using Integration.Soap.Mapping;

namespace Integration.Soap.Answers;

/// <summary>Large content of an answer goes to the file store that the task names.</summary>
internal sealed class AnswerFiles(IFileStores files, string store, AnswerBody body, int inlineBytes) : IContentSink
{
    public async Task<FileReference> SaveAsync(string name, Stream content, CancellationToken cancellation)
    {
        body.GoesToFile = true;
        // That much was read, in base64, until it was known to be large.
        body.Forgive(inlineBytes * 4L / 3);
        try
        {
            return await files.SaveAsync(store, content, name, null, cancellation);
        }
        finally
        {
            body.GoesToFile = false;
        }
    }
}
