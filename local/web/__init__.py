"""HTTP: the API in front of the functions, sign-in, and the ``/local`` routes with their pages."""
