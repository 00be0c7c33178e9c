using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Integration.Contracts;
using Integration.Errors;
using Integration.Hosting;

namespace Integration.Files.S3;

/// <summary>A store's settings as a client of the AWS SDK.</summary>
[Raises(
    ErrorCategory.Access,
    "no-credentials",
    "There are no credentials where `S3__Stores__NAME__Credentials` says.",
    "Set them there, or take them from elsewhere."
)]
internal static class ClientConfiguration
{
    public static AmazonS3Client Client(
        string store,
        S3StoreOptions options,
        GuardedHttpClients http,
        SecretMask mask,
        SessionTokens tokens
    )
    {
        var config = new AmazonS3Config
        {
            HttpClientFactory = http,
            ForcePathStyle = options.UsesPathStyle,
            AuthenticationRegion = options.Region,
            // Retries are error treatment's: it waits longer, and survives a restart.
            MaxErrorRetry = 0,
            // Payloads are covered by the signature. More is only sent where the protocol demands it: not every compatible
            // store knows the newer checksums.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_SUPPORTED,
            IgnoreConfiguredEndpointUrls = true,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (options.Endpoint.Length > 0)
            config.ServiceURL = options.Endpoint;
        else
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        return options.Credentials switch
        {
            S3CredentialsSource.Settings => new AmazonS3Client(
                new ConfiguredCredentials(store, options, mask, tokens),
                config
            ),
            S3CredentialsSource.Environment => new AmazonS3Client(FromEnvironment(store, mask, tokens), config),
            S3CredentialsSource.None => new AmazonS3Client(new AnonymousAWSCredentials(), config),
            _ => new AmazonS3Client(config),
        };
    }

    private static EnvironmentVariablesAWSCredentials FromEnvironment(
        string store,
        SecretMask mask,
        SessionTokens tokens
    )
    {
        try
        {
            var credentials = new EnvironmentVariablesAWSCredentials();
            var found = credentials.GetCredentials();
            mask.Add(found.SecretKey);
            tokens.Use(found.Token);
            return credentials;
        }
        catch (InvalidOperationException e)
        {
            throw new AccessErrorException(
                "no-credentials",
                $"There are no credentials for the S3 store '{store}' in the environment. Set AWS_ACCESS_KEY_ID and "
                    + "AWS_SECRET_ACCESS_KEY, or take them from elsewhere.",
                e
            );
        }
    }
}
