"""The clerk's desk: what waits there, and requests for information from arrival to the copies that answer them."""
