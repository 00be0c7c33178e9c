using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;

namespace Integration.Http;

/// <summary>Redirects that are not followed although the call allows them. What they led to was not called.</summary>
[Raises(
    ErrorCategory.Access,
    "redirect-refused",
    "The target leads to an address that is not safe to follow: from https to http, with credentials in it, or with a secret of ours to another origin.",
    "Call the final address, with a secret that is declared for it."
)]
[Raises(
    ErrorCategory.Data,
    "too-many-redirects",
    "The target leads on and on.",
    "Call the final address; raise redirects if there are really so many."
)]
internal static class RedirectErrors
{
    public static AccessErrorException Refused(HttpCall call, Uri uri, string reason) =>
        new(
            "redirect-refused",
            $"{call} leads to {HostName.WithPort(uri.Host, uri.Port)} ({uri.Scheme}), and that is not followed: {reason}. Call the final "
                + "address."
        )
        {
            Target = call.Target,
        };

    public static DataErrorException TooMany(HttpCall call) =>
        new(
            "too-many-redirects",
            $"{call} leads on, and {call.Redirects} redirects were followed already. Call the final address."
        )
        {
            Target = call.Target,
        };
}
