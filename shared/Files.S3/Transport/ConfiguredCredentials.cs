using Amazon.Runtime;
using Integration.Contracts;
using Integration.Errors;
using Integration.Hosting;

namespace Integration.Files.S3;

/// <summary>Credentials from the settings. Files are read for each request, so that what is rotated is used at once.</summary>
[Raises(
    ErrorCategory.Access,
    "credentials-unreadable",
    "A file with credentials cannot be read.",
    "Mount it; check its permissions. The message names it."
)]
internal sealed class ConfiguredCredentials(string store, S3StoreOptions options, SecretMask mask, SessionTokens tokens)
    : AWSCredentials
{
    public override ImmutableCredentials GetCredentials()
    {
        var secret = Value(options.SecretKey, options.SecretKeyFile);
        mask.Add(secret);
        var token = Value(options.SessionToken, options.SessionTokenFile);
        tokens.Use(token);
        return new ImmutableCredentials(
            Value(options.AccessKey, options.AccessKeyFile),
            secret,
            token.Length > 0 ? token : null
        );
    }

    public override Task<ImmutableCredentials> GetCredentialsAsync() => Task.FromResult(GetCredentials());

    private string Value(string value, string file)
    {
        if (file.Length == 0)
            return value;
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AccessErrorException(
                "credentials-unreadable",
                $"The file '{file}' with credentials of the S3 store '{store}' cannot be read. Mount it, and let the service's user "
                    + "read it.",
                e
            );
        }
    }
}
